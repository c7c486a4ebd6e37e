using System.Text.Json.Serialization;
using Roundtable.Application.Users;

namespace Roundtable.Api.Common;

/// <summary>
/// How answers about users are written, made by the compiler: sooner than by <see cref="JsonSetup"/>, and the same to the letter.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase
)]
[JsonSerializable(typeof(ApiResponse<UserDto>))]
[JsonSerializable(typeof(ApiResponse<PublicProfileDto>))]
[JsonSerializable(typeof(ApiResponse<PagedList<UserDto>>))]
internal sealed partial class UserJson : JsonSerializerContext;
