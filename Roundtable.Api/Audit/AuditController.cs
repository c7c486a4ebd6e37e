using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Audit;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Audit;

/// <summary>What happened, and who did it.</summary>
[Route("api/v1/admin/audit-log")]
[Tags("AuditLog")]
public sealed class AuditController(AuditService audit) : ApiController
{
    /// <summary>Read the audit log, newest first.</summary>
    /// <response code="200">A piece of the log.</response>
    [HttpGet]
    [Operation("listAuditLog")]
    [RequirePermission(Permissions.AuditRead)]
    [ProducesResponseType<ApiResponse<PagedList<AuditEntryDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<AuditEntryDto>>>> List([FromQuery] AuditListRequest request, CancellationToken ct) =>
        Reply(await audit.ListAsync(request.ToFilter(), request.ToPage(), ct));
}

/// <summary>Which entries.</summary>
public sealed record AuditListRequest : ListRequest
{
    /// <summary>The id of who did it, or in whose name.</summary>
    [StringLength(36)]
    public string? Actor { get; init; }

    /// <summary>The id of what it was done to.</summary>
    [StringLength(254)]
    public string? Target { get; init; }

    /// <summary>What happened.</summary>
    [StringLength(64)]
    public string? Action { get; init; }

    /// <summary>At or after, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>Before, UTC.</summary>
    public DateTime? To { get; init; }

    internal AuditFilter ToFilter() => new(Actor, Target, Action, Utc(From), Utc(To));
}
