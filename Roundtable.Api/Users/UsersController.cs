using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;

namespace Roundtable.Api.Users;

/// <summary>People, oneself first.</summary>
[Route("api/v1/users")]
[Tags("Users")]
public sealed class UsersController(UserViews users) : ApiController
{
    /// <summary>Read your own account.</summary>
    /// <response code="200">The account, its version in `ETag`.</response>
    [HttpGet("me")]
    [Operation("getMe")]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> GetMe(CancellationToken ct) => ReplyVersioned(await users.GetAsync(Caller.UserId, ct));

    /// <summary>Read somebody's account.</summary>
    /// <remarks>
    /// Everything for yourself and for holders of <c>users:read</c>; the public profile (id, name, image, bio, createdAt, public
    /// extra fields) otherwise.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The account, as far as you may see it.</response>
    [HttpGet("{id}")]
    [Operation("getUser")]
    [ProducesResponseType<ApiResponse<UserView>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
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
