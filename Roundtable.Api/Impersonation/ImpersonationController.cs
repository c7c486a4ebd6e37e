using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.SignIn;
using Roundtable.Application.Common;
using Roundtable.Application.Impersonation;
using Roundtable.Application.SignIn;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Impersonation;

/// <summary>Impersonate users, with entries in the audit log.</summary>
[Route("api/v1")]
[Tags("Impersonation")]
public sealed class ImpersonationController(
    ImpersonationService impersonation,
    RoundtableSignInManager signInManager,
    SignInQueryService views
) : SignInController(signInManager, views)
{
    /// <summary>Impersonate a user for at most an hour.</summary>
    /// <remarks>
    /// Grants the user's permissions, but cannot change how the user signs in or who they are. The audit log records both names.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The reason.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The impersonation session. Its cookie is set.</response>
    [HttpPost("admin/users/{id}/impersonate")]
    [Operation("impersonateUser", LogType = "security")]
    [RequirePermission(Permissions.UsersImpersonate)]
    [RequireFreshSession]
    [ProducesResponseType<ApiResponse<SignInAnswer>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_found")]
    public async Task<ActionResult> Start(string id, ImpersonateRequest request, CancellationToken ct)
    {
        var result = await impersonation.StartAsync(Session, id, request.Reason, ct);
        return result.Failed ? Problem(result.Error!) : await ReplySignedIn(result.Value);
    }

    /// <summary>Stop impersonating a user and restore your own session.</summary>
    /// <response code="200">Your own session. Its cookie is set.</response>
    [HttpPost("auth/impersonation/stop")]
    [Operation("stopImpersonation", LogType = "security")]
    [ProducesResponseType<ApiResponse<SignInAnswer>>(StatusCodes.Status200OK)]
    [ProducesErrors("conflict")]
    public async Task<ActionResult> Stop(CancellationToken ct)
    {
        var result = await impersonation.StopAsync(Session, ct);
        if (result.Error == Errors.Unauthenticated)
        {
            await SessionCookie.RemoveAsync(HttpContext);
        }

        return result.Failed ? Problem(result.Error!) : await ReplySignedIn(result.Value);
    }
}
