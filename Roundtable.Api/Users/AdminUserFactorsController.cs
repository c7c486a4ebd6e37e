using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Users;

/// <summary>A way back for users who are locked out, or whose account somebody else was in.</summary>
[Route("api/v1/admin/users/{id}")]
[Tags("AdminUsers")]
public sealed class AdminUserFactorsController(UserFactorsService factors) : ApiController
{
    /// <summary>Turn a user's two-factor sign-in off.</summary>
    /// <remarks>All sessions and pending links of the user end, and a notice goes to them.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">Signing in asks the user for no second step.</response>
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
    /// <remarks>All sessions and pending links of the user end, and a notice goes to them.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">No passkey signs in as the user any more.</response>
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
