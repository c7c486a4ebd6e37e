using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Domain.ApiKeys;

namespace Roundtable.Api.Users;

/// <summary>Export or delete your own data.</summary>
[Route("api/v1/users/me")]
[Tags("Users")]
public sealed class OwnAccountController(AccountDeletionService deletion, AccountExportService export, AuditService audit) : ApiController
{
    /// <summary>Delete your account and all its data.</summary>
    /// <response code="204">The account was deleted.</response>
    [HttpDelete]
    [Operation("deleteMe", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "last_admin")]
    public async Task<ActionResult> Delete(CancellationToken ct)
    {
        var result = await deletion.DeleteOwnAsync(Session, ct);
        if (!result.Failed)
        {
            await SessionCookie.RemoveAsync(HttpContext);
            SecretCookie.TrustedBrowser.Remove(HttpContext);
        }

        return Reply(result);
    }

    /// <summary>Export all data about you.</summary>
    /// <response code="200">All your data except secrets.</response>
    [HttpGet("export")]
    [Operation("exportMe", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ExportRateLimit]
    [ProducesResponseType<ApiResponse<AccountExportDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "rate_limited")]
    public async Task<ActionResult<ApiResponse<AccountExportDto>>> Export(CancellationToken ct)
    {
        Response.Headers.ContentDisposition = "attachment; filename=\"roundtable-account.json\"";
        return Reply(await export.ExportAsync(Session, ct));
    }

    /// <summary>Retrieve how your account is protected: password, passkeys, second factor.</summary>
    /// <response code="200">What is set up, and since when.</response>
    [HttpGet("security")]
    [Operation("getMySecurity")]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<AccountSecurityDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_while_impersonating")]
    public async Task<ActionResult<ApiResponse<AccountSecurityDto>>> GetSecurity(
        [FromServices] AccountSecurityService security,
        CancellationToken ct
    ) => Reply(await security.GetOwnAsync(Session, ct));

    /// <summary>List your security events, newest first.</summary>
    /// <response code="200">Events that you caused, that affected you, or that were done on your behalf.</response>
    [HttpGet("activity")]
    [Operation("listMyActivity")]
    [AllowApiKey(ApiKeyScopes.MeRead)]
    [ProducesResponseType<ApiResponse<PagedList<AuditEntryDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<AuditEntryDto>>>> Activity(
        [FromQuery] ListRequest request,
        CancellationToken ct
    ) => Reply(await audit.ListOwnAsync(Caller, request.ToPage(), ct));
}
