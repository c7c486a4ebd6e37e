using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Users;

/// <summary>Retrieve your own account and other users.</summary>
[Route("api/v1/users")]
[Tags("Users")]
public sealed class UsersController(UserQueryService users) : ApiController
{
    /// <summary>Retrieve your own account.</summary>
    /// <response code="200">The account, with its version in `ETag`.</response>
    [HttpGet("me")]
    [Operation("getMe")]
    [AllowApiKey(ApiKeyScopes.MeRead)]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> GetMe(CancellationToken ct) => ReplyVersioned(await users.GetAsync(Caller.PrincipalId, ct));

    /// <summary>Retrieve a user.</summary>
    /// <remarks>
    /// Returns the full account for yourself and to holders of <c>users:read</c>; otherwise the public profile (id, name, image,
    /// bio, createdAt, public extra fields). An API key needs <c>users:read</c>, or <c>me:read</c> for its owner.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The account, or its public profile.</response>
    [HttpGet("{id}")]
    [Operation("getUser")]
    [AllowApiKey(Permissions.UsersRead, ApiKeyScopes.MeRead)]
    [ProducesResponseType<ApiResponse<UserView>>(StatusCodes.Status200OK)]
    [ProducesErrors("forbidden", "not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct)
    {
        var view = await users.ViewAsync(Caller, id, ct);
        return view switch
        {
            { Failed: true } => Problem(view.Error!),
            { Value.Full: { } user } => ReplyVersioned<UserDto>(user),
            _ => Ok(Envelope(view.Value.Public!)),
        };
    }
}
