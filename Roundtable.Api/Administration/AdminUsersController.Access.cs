using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Accounts;
using Roundtable.Application.Administration;
using Roundtable.Application.ExternalLogins;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Administration;

public sealed partial class AdminUsersController
{
    /// <summary>Set a user's password.</summary>
    /// <remarks>Ends all sessions of the user and mails them a notice.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The new password.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The password was set.</response>
    [HttpPut("{id}/password")]
    [Operation("setUserPassword", LogType = "security")]
    [RequirePermission(Permissions.UsersSetPassword)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [PasswordFeature]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "not_on_yourself")]
    public async Task<ActionResult> SetPassword(
        string id,
        SetPasswordRequest request,
        [FromServices] UserAccessService access,
        CancellationToken ct
    ) => Reply(await access.SetPasswordAsync(Session, id, request.Password, ct));

    /// <summary>Mail a sign-in link to a user.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="202">The mail is queued.</response>
    [HttpPost("{id}/magic-link")]
    [Operation("sendUserMagicLink", LogType = "security")]
    [RequirePermission(Permissions.UsersInvite)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> SendLink(string id, [FromServices] UserAccessService access, CancellationToken ct) =>
        ReplyAccepted(await access.SendLinkAsync(Session, id, ct));

    /// <summary>Lift a user's lockout and rate limits.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The lockout and the limits of attempts were lifted.</response>
    [HttpPost("{id}/unlock")]
    [Operation("unlockUser", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersUpdate)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> Unlock(string id, [FromServices] UserAccessService access, CancellationToken ct) =>
        Reply(await access.UnlockAsync(Caller, id, ct));

    /// <summary>Retrieve how a user's account is protected: password, passkeys, second factor.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="security">Describes accounts.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">What is set up, and since when.</response>
    [HttpGet("{id}/security")]
    [Operation("getUserSecurity")]
    [RequirePermission(Permissions.UsersRead)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<AccountSecurityDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found")]
    public async Task<ActionResult<ApiResponse<AccountSecurityDto>>> GetSecurity(
        string id,
        [FromServices] AccountSecurityService security,
        CancellationToken ct
    ) => Reply(await security.GetAsync(id, ct));

    /// <summary>List a user's external logins.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The page.</param>
    /// <param name="logins">Manages logins.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The connected logins.</response>
    [HttpGet("{id}/logins")]
    [Operation("listUserLogins")]
    [RequirePermission(Permissions.UsersRead)]
    [ProducesResponseType<ApiResponse<PagedList<LoginDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor", "not_found")]
    public async Task<ActionResult<ApiResponse<PagedList<LoginDto>>>> ListLogins(
        string id,
        [FromQuery] ListRequest request,
        [FromServices] LoginService logins,
        CancellationToken ct
    ) => ReplyPage(await logins.ListForAdminAsync(id, ct), request, l => l.Name);

    /// <summary>Remove a user's external login.</summary>
    /// <remarks>Ends all sessions and pending links of the user and mails them a notice.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="factors">Resets credentials.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The login is removed.</response>
    [HttpDelete("{id}/logins/{name}")]
    [Operation("removeUserLogin", LogType = "security")]
    [RequirePermission(Permissions.UsersResetFactors)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "not_on_yourself")]
    public async Task<ActionResult> RemoveLogin(string id, string name, [FromServices] UserFactorsService factors, CancellationToken ct) =>
        Reply(await factors.RemoveLoginAsync(Session, id, name, ct));

    /// <summary>Turn off two-factor authentication for a user.</summary>
    /// <remarks>Ends all sessions and pending links of the user and mails them a notice.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The user signs in without a second factor.</response>
    [HttpDelete("{id}/two-factor")]
    [Operation("resetUserTwoFactor", LogType = "security")]
    [RequirePermission(Permissions.UsersResetFactors)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "not_on_yourself")]
    public async Task<ActionResult> RemoveTwoFactor(string id, [FromServices] UserFactorsService factors, CancellationToken ct) =>
        Reply(await factors.RemoveTwoFactorAsync(Session, id, ct));

    /// <summary>Remove all passkeys of a user.</summary>
    /// <remarks>Ends all sessions and pending links of the user and mails them a notice.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The passkeys were removed.</response>
    [HttpDelete("{id}/passkeys")]
    [Operation("resetUserPasskeys", LogType = "security")]
    [RequirePermission(Permissions.UsersResetFactors)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "not_on_yourself")]
    public async Task<ActionResult> RemovePasskeys(string id, [FromServices] UserFactorsService factors, CancellationToken ct) =>
        Reply(await factors.RemovePasskeysAsync(Session, id, ct));
}
