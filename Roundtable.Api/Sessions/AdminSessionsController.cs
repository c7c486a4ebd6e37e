using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.Users;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Sessions;

/// <summary>Other people's sessions.</summary>
[Route("api/v1/admin")]
[Tags("AdminSessions")]
public sealed class AdminSessionsController(SessionAdminService sessions, MatchingSessionsService matching) : ApiController
{
    /// <summary>List a user's devices.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="request">Which piece of the list.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The live sessions, last used first.</response>
    [HttpGet("users/{id}/sessions")]
    [Operation("listUserSessions")]
    [RequirePermission(Permissions.SessionsList)]
    [ProducesResponseType<ApiResponse<PagedList<SessionDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor", "not_found")]
    public async Task<ActionResult<ApiResponse<PagedList<SessionDto>>>> List(
        string id,
        [FromQuery] ListRequest request,
        CancellationToken ct
    ) => ReplyPiece(await sessions.ListAsync(Caller, id, ct), request, s => s.Id);

    /// <summary>Sign a user out everywhere.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">The user is signed in nowhere.</response>
    [HttpDelete("users/{id}/sessions")]
    [Operation("revokeUserSessions", LogType = "security")]
    [RequirePermission(Permissions.SessionsRevoke)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_found", "not_while_impersonating")]
    public async Task<ActionResult> RevokeAll(string id, CancellationToken ct) =>
        Reply(await sessions.RevokeAllAsync(Caller, id, keepSessionId: null, ct));

    /// <summary>Sign one device out, whosever it is.</summary>
    /// <param name="id">The session's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">The device is signed out.</response>
    [HttpDelete("sessions/{id}")]
    [Operation("revokeAnySession", LogType = "security")]
    [RequirePermission(Permissions.SessionsRevoke)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_found", "not_while_impersonating")]
    public async Task<ActionResult> Revoke(string id, CancellationToken ct) => Reply(await sessions.RevokeAsync(Caller, id, ct));

    /// <summary>Sign many users out everywhere: all that a filter finds, or everybody with <c>all=true</c>.</summary>
    /// <remarks>
    /// Their trusted browsers are forgotten too; your own session and browser stay, and so do those of users who hold a
    /// permission that you lack. Runs in short batches, so that others hardly notice.
    /// </remarks>
    /// <param name="request">Which users.</param>
    /// <param name="all">Whether everybody is meant, where there is no filter. Default: false.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">How many sessions ended.</response>
    [HttpDelete("sessions")]
    [Operation("revokeMatchingSessions", LogType = "security")]
    [RequirePermission(Permissions.SessionsRevoke)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<RevokedDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "not_while_impersonating")]
    public async Task<ActionResult<ApiResponse<RevokedDto>>> RevokeMatching(
        [FromQuery] UserFilterRequest request,
        [FromQuery] bool all,
        CancellationToken ct
    ) => Reply(await matching.RevokeAsync(Caller, request.ToFilter(), all, ct));
}
