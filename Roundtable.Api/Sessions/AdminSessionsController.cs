using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Administration;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Sessions;

/// <summary>Manage the sessions of other users.</summary>
[Route("api/v1/admin")]
[Tags("AdminSessions")]
public sealed class AdminSessionsController(SessionAdminService sessions, MatchingSessionsService matching) : ApiController
{
    /// <summary>List a user's sessions.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The page of the list.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The active sessions, most recently used first.</response>
    [HttpGet("users/{id}/sessions")]
    [Operation("listUserSessions")]
    [AllowApiKey]
    [RequirePermission(Permissions.SessionsList)]
    [ProducesResponseType<ApiResponse<PagedList<SessionDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor", "not_found")]
    public async Task<ActionResult<ApiResponse<PagedList<SessionDto>>>> List(
        string id,
        [FromQuery] ListRequest request,
        CancellationToken ct
    ) => ReplyPage(await sessions.ListAsync(Caller, id, ct), request, s => s.Id);

    /// <summary>End all sessions of a user.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">All sessions were ended.</response>
    [HttpDelete("users/{id}/sessions")]
    [Operation("revokeUserSessions", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.SessionsRevoke)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_found", "not_while_impersonating")]
    public async Task<ActionResult> RevokeAll(string id, CancellationToken ct) =>
        Reply(await sessions.RevokeAllAsync(Caller, id, keepSessionId: null, ct));

    /// <summary>End a session of any user.</summary>
    /// <param name="id">The session's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The session was ended.</response>
    [HttpDelete("sessions/{id}")]
    [Operation("revokeAnySession", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.SessionsRevoke)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_found", "not_while_impersonating")]
    public async Task<ActionResult> Revoke(string id, CancellationToken ct) => Reply(await sessions.RevokeAsync(Caller, id, ct));

    /// <summary>End the sessions of all users that match a filter, or of all users with <c>all=true</c>.</summary>
    /// <remarks>
    /// Also removes their trusted browsers. Your own session and browser are kept, and so are those of users who hold a
    /// permission that you lack. Runs in short batches, so that other requests are not blocked for long.
    /// </remarks>
    /// <param name="request">Filters for users.</param>
    /// <param name="all">Whether to include all users when there is no filter. Default: false.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The number of ended sessions.</response>
    [HttpDelete("sessions")]
    [Operation("revokeMatchingSessions", LogType = "security")]
    [AllowApiKey]
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
