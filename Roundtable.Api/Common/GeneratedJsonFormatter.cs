using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Formatters;
using Roundtable.Api.Http;
using Roundtable.Application.Users;

namespace Roundtable.Api.Common;

/// <summary>
/// Writes the responses that <see cref="UserJson"/> covers directly to the body; all others use the framework's formatter.
/// </summary>
internal sealed class GeneratedJsonFormatter : TextOutputFormatter
{
    // Same as the framework's formatter: JSON is not HTML.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    // Not every type in the generated context, which also contains the parts of these.
    private static readonly FrozenSet<Type> Types =
    [
        typeof(ApiResponse<UserDto>),
        typeof(ApiResponse<PublicProfileDto>),
        typeof(ApiResponse<PagedList<UserDto>>),
    ];

    public GeneratedJsonFormatter()
    {
        SupportedMediaTypes.Add(MediaTypeGuard.Json);
        SupportedEncodings.Add(Encoding.UTF8);
    }

    public override async Task WriteResponseBodyAsync(OutputFormatterWriteContext context, Encoding selectedEncoding)
    {
        var response = context.HttpContext.Response;
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, Options))
        {
            JsonSerializer.Serialize(writer, context.Object, UserJson.Default.GetTypeInfo(context.ObjectType!)!);
        }

        try
        {
            await response.BodyWriter.FlushAsync(context.HttpContext.RequestAborted);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected, but the request is complete.
        }
    }

    protected override bool CanWriteType(Type? type) => type is not null && Types.Contains(type);
}
