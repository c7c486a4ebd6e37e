using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Users;

/// <summary>Reset the credentials of users who are locked out or whose account was compromised.</summary>
[Route("api/v1/admin/users/{id}")]
[Tags("AdminUsers")]
public sealed class AdminUserFactorsController(UserFactorsService factors) : ApiController
{
    /// <summary>Turn off two-factor authentication for a user.</summary>
    /// <remarks>Ends all sessions and pending links of the user and mails them a notice.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The user signs in without a second factor.</response>
    [HttpDelete("two-factor")]
    [Operation("resetUserTwoFactor", LogType = "security")]
    [RequirePermission(Permissions.UsersResetFactors)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "not_on_yourself")]
    public async Task<ActionResult> RemoveTwoFactor(string id, CancellationToken ct) =>
        Reply(await factors.RemoveTwoFactorAsync(Caller, id, ct));

    /// <summary>Remove all passkeys of a user.</summary>
    /// <remarks>Ends all sessions and pending links of the user and mails them a notice.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The passkeys were removed.</response>
    [HttpDelete("passkeys")]
    [Operation("resetUserPasskeys", LogType = "security")]
    [RequirePermission(Permissions.UsersResetFactors)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "not_on_yourself")]
    public async Task<ActionResult> RemovePasskeys(string id, CancellationToken ct) =>
        Reply(await factors.RemovePasskeysAsync(Caller, id, ct));
}
