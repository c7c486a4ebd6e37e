using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.Transfer;
using Roundtable.Application.Audit;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Audit;

/// <summary>Read, export and verify the audit log.</summary>
[Route("api/v1/admin/audit-log")]
[Tags("AuditLog")]
public sealed class AuditController(AuditService audit) : ApiController
{
    private static readonly ExportColumn<AuditEntryDto>[] Columns =
    [
        new("id", e => e.Id),
        new("createdAt", e => e.CreatedAt),
        new("action", e => e.Action),
        new("actorId", e => e.Actor?.Id),
        new("actorEmail", e => e.Actor?.Email),
        new("onBehalfOfId", e => e.OnBehalfOf?.Id),
        new("onBehalfOfEmail", e => e.OnBehalfOf?.Email),
        new("targetType", e => e.Target.Type),
        new("targetId", e => e.Target.Id),
        new("ipAddress", e => e.IpAddress),
        new("userAgent", e => e.UserAgent),
        new("requestId", e => e.RequestId),
        new("details", e => e.Details.GetRawText()),
        new("actorName", e => e.Actor?.Name),
        new("actorApiKey", e => e.Actor?.Via?.ApiKey),
        new("actorCurrentName", e => e.Actor?.CurrentName),
        new("subjectId", e => e.Subject?.Id),
        new("subjectName", e => e.Subject?.Name),
        new("subjectEmail", e => e.Subject?.Email),
    ];

    /// <summary>List audit log entries, newest first.</summary>
    /// <param name="request">Filters and page.</param>
    /// <param name="people">Further filters.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">A page of entries.</response>
    [HttpGet]
    [Operation("listAuditLog")]
    [AllowApiKey]
    [RequirePermission(Permissions.AuditRead)]
    [ProducesResponseType<ApiResponse<PagedList<AuditEntryDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<AuditEntryDto>>>> List(
        [FromQuery] AuditListRequest request,
        [FromQuery] AuditPeopleRequest people,
        CancellationToken ct
    ) => Reply(await audit.ListAsync(Caller, request.ToFilter(people), request.ToPage(), ct));

    /// <summary>List the audited actions.</summary>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The names of all actions, sorted.</response>
    [HttpGet("actions")]
    [Operation("listAuditActions")]
    [AllowApiKey]
    [RequirePermission(Permissions.AuditRead)]
    [ProducesResponseType<ApiResponse<IReadOnlyList<string>>>(StatusCodes.Status200OK)]
    public ActionResult<ApiResponse<IReadOnlyList<string>>> Actions(CancellationToken ct) =>
        Ok(Envelope<IReadOnlyList<string>>([.. AuditActions.All.Order(StringComparer.Ordinal)]));

    /// <summary>Export the audit log to a file.</summary>
    /// <param name="request">Filters for entries.</param>
    /// <param name="format">The file format. Default: csv.</param>
    /// <param name="people">Further filters.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The file, oldest entries first.</response>
    [HttpGet("export")]
    [Operation("exportAuditLog", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.AuditRead)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ExportRateLimit]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/csv", "application/x-ndjson")]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "rate_limited")]
    public async Task<IActionResult> Export(
        [FromQuery] AuditFilterRequest request,
        [FromQuery] ExportFormat format,
        [FromQuery] AuditPeopleRequest people,
        CancellationToken ct
    )
    {
        var entries = await audit.ExportAsync(Caller, request.ToFilter(people), ct);
        return entries.Failed ? Problem(entries.Error!) : new ExportResult<AuditEntryDto>(entries.Value, format, "audit-log", Columns);
    }

    /// <summary>Verify the integrity of the audit log.</summary>
    /// <remarks>Each entry contains the hash of the previous entry of its day. Reports the first one that does not match.</remarks>
    /// <response code="200">Whether all entries match.</response>
    [HttpGet("verify")]
    [Operation("verifyAuditLog")]
    [AllowApiKey]
    [RequirePermission(Permissions.AuditRead)]
    [ProducesResponseType<ApiResponse<AuditVerificationDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ApiResponse<AuditVerificationDto>>> Verify(CancellationToken ct) => Reply(await audit.VerifyAsync(ct));
}
