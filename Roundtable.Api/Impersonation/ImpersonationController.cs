using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Accounts;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.Impersonation;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Impersonation;

/// <summary>Acting in a user's name, on the record.</summary>
[Route("api/v1")]
[Tags("Impersonation")]
public sealed class ImpersonationController(ImpersonationService impersonation, RoundtableSignInManager signInManager, SignInViews views)
    : SignInController(signInManager, views)
{
    /// <summary>Act in a user's name for an hour at the most.</summary>
    /// <remarks>With the user's rights, without changes to how they sign in or who they are. Both names stand in the audit log.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">Why.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The session in the user's name; the cookie holds it.</response>
    [HttpPost("admin/users/{id}/impersonate")]
    [Operation("impersonateUser", LogType = "security")]
    [RequirePermission(Permissions.UsersImpersonate)]
    [RequireFreshSession]
    [ProducesResponseType<ApiResponse<SignInAnswer>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_found")]
    public async Task<ActionResult> Start(string id, ImpersonateRequest request, CancellationToken ct)
    {
        var result = await impersonation.StartAsync(Caller, id, request.Reason, ct);
        return result.Failed ? Problem(result.Error!) : await ReplySignedIn(result.Value);
    }

    /// <summary>Stop acting in a user's name; your own session comes back.</summary>
    /// <response code="200">Your own session; the cookie holds it.</response>
    [HttpPost("auth/impersonation/stop")]
    [Operation("stopImpersonation", LogType = "security")]
    [ProducesResponseType<ApiResponse<SignInAnswer>>(StatusCodes.Status200OK)]
    [ProducesErrors("conflict")]
    public async Task<ActionResult> Stop(CancellationToken ct)
    {
        var result = await impersonation.StopAsync(Caller, ct);
        if (result.Error == Errors.Unauthenticated)
        {
            await SessionCookie.RemoveAsync(HttpContext);
        }

        return result.Failed ? Problem(result.Error!) : await ReplySignedIn(result.Value);
    }
}

/// <summary>Why somebody acts in a user's name.</summary>
public sealed record ImpersonateRequest
{
    /// <summary>What the audit log and the user's own activity say.</summary>
    /// <example>Ticket 4711: cannot see invoices</example>
    [PlainText(User.BanReasonMaxLength)]
    public required string Reason { get; init; }
}
