using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.Transfer;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Audit;

/// <summary>What happened, and who did it.</summary>
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
    ];

    /// <summary>Read the audit log, newest first.</summary>
    /// <response code="200">A piece of the log.</response>
    [HttpGet]
    [Operation("listAuditLog")]
    [RequirePermission(Permissions.AuditRead)]
    [ProducesResponseType<ApiResponse<PagedList<AuditEntryDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<AuditEntryDto>>>> List(
        [FromQuery] AuditListRequest request,
        CancellationToken ct
    ) => Reply(await audit.ListAsync(request.ToFilter(), request.ToPage(), ct));

    /// <summary>Get the audit log as a file.</summary>
    /// <param name="request">Which entries.</param>
    /// <param name="format">How the file is written. Default: csv.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The file, oldest entries first.</response>
    [HttpGet("export")]
    [Operation("exportAuditLog", LogType = "security")]
    [RequirePermission(Permissions.AuditRead)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ExportRateLimit]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/csv", "application/x-ndjson")]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "rate_limited")]
    public async Task<IActionResult> Export([FromQuery] AuditFilterRequest request, [FromQuery] ExportFormat format, CancellationToken ct)
    {
        var entries = await audit.ExportAsync(request.ToFilter(), ct);
        return entries.Failed ? Problem(entries.Error!) : new ExportResult<AuditEntryDto>(entries.Value, format, "audit-log", Columns);
    }

    /// <summary>Check that the audit log is as it was written.</summary>
    /// <remarks>Each entry holds the hash of the one before it in its day. Reports the first that does not fit.</remarks>
    /// <response code="200">Whether every entry fits.</response>
    [HttpGet("verify")]
    [Operation("verifyAuditLog")]
    [RequirePermission(Permissions.AuditRead)]
    [ProducesResponseType<ApiResponse<AuditVerificationDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ApiResponse<AuditVerificationDto>>> Verify(CancellationToken ct) => Reply(await audit.VerifyAsync(ct));
}

/// <summary>Which entries. All conditions hold at once.</summary>
public record AuditFilterRequest
{
    /// <summary>The id of who did it, or in whose name.</summary>
    [StringLength(36, ErrorMessage = "This is not an id.")]
    public string? Actor { get; init; }

    /// <summary>The id of what it was done to.</summary>
    [StringLength(254, ErrorMessage = "This is not an id.")]
    public string? Target { get; init; }

    /// <summary>What happened.</summary>
    [StringLength(64, ErrorMessage = "There is no such action.")]
    public string? Action { get; init; }

    /// <summary>At or after, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>Before, UTC.</summary>
    public DateTime? To { get; init; }

    internal AuditFilter ToFilter() => new(Actor, Target, Action, From, To);
}

/// <summary>Which entries, and which piece of them.</summary>
public sealed record AuditListRequest : AuditFilterRequest
{
    /// <summary>How many items at the most, 1–100. Default: 20.</summary>
    [Range(1, PageRequest.MaxLimit, ErrorMessage = "The limit must be 1 to 100.")]
    public int Limit { get; init; } = PageRequest.DefaultLimit;

    /// <summary>The <c>nextCursor</c> of the piece before; absent for the first.</summary>
    [StringLength(2000, ErrorMessage = "The cursor is too long.")]
    public string? Cursor { get; init; }

    /// <summary>Whether to count the whole list too. Default: false.</summary>
    public bool IncludeTotal { get; init; }

    internal PageRequest ToPage() => new(Limit, Cursor, IncludeTotal);
}
