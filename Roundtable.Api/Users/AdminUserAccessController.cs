using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Users;

/// <summary>Helping users in.</summary>
[Route("api/v1/admin/users/{id}")]
[Tags("AdminUsers")]
public sealed class AdminUserAccessController(UserAccess access) : ApiController
{
    /// <summary>Set a user's password.</summary>
    /// <remarks>All sessions of the user end, and a notice goes to them.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The password.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">The password is set.</response>
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

    /// <summary>Mail a user a link that signs in.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="202">The mail is on its way.</response>
    [HttpPost("magic-link")]
    [Operation("sendUserMagicLink", LogType = "security")]
    [RequirePermission(Permissions.UsersInvite)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> SendLink(string id, CancellationToken ct) => ReplyAccepted(await access.SendLinkAsync(Caller, id, ct));

    /// <summary>Lift a user's lock-out and limits.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">The user can try again.</response>
    [HttpPost("unlock")]
    [Operation("unlockUser", LogType = "security")]
    [RequirePermission(Permissions.UsersUpdate)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> Unlock(string id, CancellationToken ct) => Reply(await access.UnlockAsync(Caller, id, ct));
}
