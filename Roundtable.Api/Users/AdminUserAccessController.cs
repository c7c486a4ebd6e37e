using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Users;

/// <summary>Restore users' access.</summary>
[Route("api/v1/admin/users/{id}")]
[Tags("AdminUsers")]
public sealed class AdminUserAccessController(UserAccessService access) : ApiController
{
    /// <summary>Set a user's password.</summary>
    /// <remarks>Ends all sessions of the user and mails them a notice.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The new password.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The password was set.</response>
    [HttpPut("password")]
    [Operation("setUserPassword", LogType = "security")]
    [RequirePermission(Permissions.UsersSetPassword)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [PasswordFeature]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "not_on_yourself")]
    public async Task<ActionResult> SetPassword(string id, SetPasswordRequest request, CancellationToken ct) =>
        Reply(await access.SetPasswordAsync(Caller, id, request.Password, ct));

    /// <summary>Mail a sign-in link to a user.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="202">The mail is queued.</response>
    [HttpPost("magic-link")]
    [Operation("sendUserMagicLink", LogType = "security")]
    [RequirePermission(Permissions.UsersInvite)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> SendLink(string id, CancellationToken ct) => ReplyAccepted(await access.SendLinkAsync(Caller, id, ct));

    /// <summary>Lift a user's lockout and rate limits.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The lockout and the limits of attempts were lifted.</response>
    [HttpPost("unlock")]
    [Operation("unlockUser", LogType = "security")]
    [RequirePermission(Permissions.UsersUpdate)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> Unlock(string id, CancellationToken ct) => Reply(await access.UnlockAsync(Caller, id, ct));
}
