using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Sessions;

namespace Roundtable.Api.Sessions;

/// <summary>Manage your own sessions.</summary>
[Route("api/v1/sessions")]
[Tags("Sessions")]
public sealed class SessionsController(SessionService sessions) : ApiController
{
    /// <summary>List your sessions.</summary>
    /// <response code="200">The active sessions, most recently used first.</response>
    [HttpGet]
    [Operation("listSessions")]
    [ProducesResponseType<ApiResponse<PagedList<SessionDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<SessionDto>>>> List([FromQuery] ListRequest request, CancellationToken ct) =>
        ReplyPage(await sessions.ListAsync(Session, ct), request, s => s.Id);

    /// <summary>End one of your sessions.</summary>
    /// <param name="id">The session's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The session was ended.</response>
    [HttpDelete("{id}")]
    [Operation("revokeSession", LogType = "security")]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("not_found", "not_while_impersonating")]
    public async Task<ActionResult> Revoke(string id, CancellationToken ct)
    {
        var result = await sessions.RevokeAsync(Session, id, ct);
        if (!result.Failed && id == Session.Id)
        {
            await SessionCookie.RemoveAsync(HttpContext);
        }

        return Reply(result);
    }

    /// <summary>End all your other sessions.</summary>
    /// <response code="204">Only the current session is active.</response>
    [HttpDelete]
    [Operation("revokeOtherSessions", LogType = "security")]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("not_while_impersonating")]
    public async Task<ActionResult> RevokeOthers(CancellationToken ct) => Reply(await sessions.RevokeOthersAsync(Session, ct));
}
