using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Common;
using Roundtable.Application.ExternalLogins;

namespace Roundtable.Api.ExternalLogins;

/// <summary>Manage the external logins of your account.</summary>
[Route("api/v1/users/me/logins")]
[Tags("Users")]
public sealed class OwnLoginsController(LoginService logins, ExternalStates states, IOptions<AuthOptions> auth) : ApiController
{
    private string? PendingSecret => SecretCookie.PendingLogin.Read(HttpContext);

    /// <summary>List your external logins.</summary>
    /// <response code="200">The connected logins.</response>
    [HttpGet]
    [Operation("listMyLogins")]
    [ProducesResponseType<ApiResponse<PagedList<LoginDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<LoginDto>>>> List([FromQuery] ListRequest request, CancellationToken ct) =>
        ReplyPage(await logins.ListAsync(Session.UserId, ct), request, l => l.Name);

    /// <summary>Show the login that waits to be connected.</summary>
    /// <remarks>After a sign-in that ended with <c>link_required</c>, in the same browser and within ten minutes.</remarks>
    /// <response code="200">The login.</response>
    [HttpGet("pending")]
    [Operation("getPendingLogin")]
    [ProducesResponseType<ApiResponse<PendingLoginDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult<ApiResponse<PendingLoginDto>>> GetPending(CancellationToken ct) =>
        Reply(await logins.GetPendingAsync(Session, PendingSecret, ct));

    /// <summary>Connect the login that waits.</summary>
    /// <response code="200">The connected login.</response>
    [HttpPost("pending")]
    [Operation("confirmPendingLogin", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<LoginDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult<ApiResponse<LoginDto>>> ConfirmPending(CancellationToken ct)
    {
        var connected = await logins.ConfirmAsync(Session, PendingSecret, ct);
        return Forget(connected.Failed, Reply(connected));
    }

    /// <summary>Drop the login that waits.</summary>
    /// <response code="204">The login is not connected.</response>
    [HttpDelete("pending")]
    [Operation("dropPendingLogin", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> DropPending(CancellationToken ct)
    {
        var dropped = await logins.DropPendingAsync(Session, PendingSecret, ct);
        if (!dropped.Failed)
        {
            SecretCookie.PendingLogin.Remove(HttpContext);
        }

        return Reply(dropped);
    }

    /// <summary>Start to connect a login.</summary>
    /// <remarks>
    /// Open the returned address in the same browser. The callback redirects to the account page, with <c>error=conflict</c> if the login
    /// belongs to another account, or yours already has one of this provider.
    /// </remarks>
    /// <param name="name">The provider's name.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The provider's address.</response>
    [HttpPost("{name}")]
    [Operation("connectLogin", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<ExternalRedirect>>(StatusCodes.Status200OK)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found", "unavailable")]
    public async Task<ActionResult<ApiResponse<ExternalRedirect>>> Connect(string name, CancellationToken ct)
    {
        if (!auth.Value.External.ContainsKey(name))
        {
            return Problem(LoginErrors.NoProvider(name));
        }

        var secret = await states.IssueAsync(ct);
        if (secret.Failed)
        {
            return Problem(secret.Error!);
        }

        return await ExternalChallenge.StartAsync(HttpContext, name, ExternalFlow.ForConnecting(Session.Id, secret.Value)) is { } url
            ? Ok(Envelope(new ExternalRedirect(url)))
            : Problem(LoginErrors.Unavailable);
    }

    /// <summary>Remove an external login.</summary>
    /// <remarks>You are notified by mail.</remarks>
    /// <param name="name">The provider's name.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The login is removed.</response>
    [HttpDelete("{name}")]
    [Operation("removeLogin", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> Remove(string name, CancellationToken ct) => Reply(await logins.RemoveAsync(Session, name, ct));

    private ActionResult<ApiResponse<LoginDto>> Forget(bool failed, ActionResult<ApiResponse<LoginDto>> reply)
    {
        if (!failed)
        {
            SecretCookie.PendingLogin.Remove(HttpContext);
        }

        return reply;
    }
}
