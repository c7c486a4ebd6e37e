using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Operations;

/// <summary>Check the health of the program and its dependencies.</summary>
[Route("api/v1/admin/health")]
[Tags("System")]
public sealed class HealthController(HealthCheckService checks, IOptions<JsonOptions> json) : ApiController
{
    /// <summary>Retrieve this instance's health: database, outbox, mail, keys, disk, version.</summary>
    /// <remarks>Always returns 200; problems are reported in the body. Load balancers use <c>/health/ready</c>.</remarks>
    /// <response code="200">The overall status and the result of each check.</response>
    [HttpGet]
    [Operation("getHealth")]
    [AllowApiKey]
    [RequirePermission(Permissions.SystemRead)]
    [ProducesResponseType<ApiResponse<HealthDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ApiResponse<HealthDto>>> Get(CancellationToken ct)
    {
        var report = await checks.CheckHealthAsync(c => c.Tags.Contains(HealthTags.Details), ct);
        return Ok(Envelope(new HealthDto(State(report.Status), [.. report.Entries.Select(e => Check(e.Key, e.Value))])));
    }

    /// <summary>Retrieve what this installation still needs before and after its first users.</summary>
    /// <remarks>A check is <c>healthy</c> once it is done.</remarks>
    /// <response code="200">The state of each item.</response>
    [HttpGet("setup")]
    [Operation("getSetup")]
    [AllowApiKey]
    [RequirePermission(Permissions.SystemRead)]
    [ProducesResponseType<ApiResponse<HealthDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ApiResponse<HealthDto>>> GetSetup(CancellationToken ct)
    {
        var report = await checks.CheckHealthAsync(c => c.Tags.Contains(HealthTags.Setup), ct);
        return Ok(Envelope(new HealthDto(State(report.Status), [.. report.Entries.Select(e => Check(e.Key, e.Value))])));
    }

    /// <summary>Retrieve the findings of the command <c>doctor</c>: settings, database, mail, keys, clock.</summary>
    /// <remarks>The checks read the whole SQLite file and call other systems: a result is kept for ten minutes.</remarks>
    /// <response code="200">The result of each check, without secrets.</response>
    [HttpGet("findings")]
    [Operation("getFindings")]
    [AllowApiKey]
    [RequirePermission(Permissions.SystemRead)]
    [ProducesResponseType<ApiResponse<FindingsDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed")]
    public async Task<ActionResult<ApiResponse<FindingsDto>>> GetFindings(
        [FromQuery] FindingsRequest request,
        [FromServices] Findings findings,
        CancellationToken ct
    )
    {
        var (at, entries) = await findings.GetAsync(request.Fresh, ct);
        return Ok(Envelope(new FindingsDto(at, State(entries.Min(e => e.Value.Status)), [.. entries.Select(e => Check(e.Key, e.Value))])));
    }

    private HealthCheckDto Check(string name, HealthReportEntry entry) =>
        new(
            HealthSetup.ShortName(name),
            State(entry.Status),
            // An exception's message can contain names of servers and accounts.
            entry.Exception
                is null
                ? entry.Description ?? ""
                : "The check itself failed; the log says why.",
            entry.Data.GetValueOrDefault(Finding.Template) as string,
            JsonSerializer.SerializeToElement(
                entry.Data.Where(d => d.Key is not (Finding.Template or Finding.Path)).ToDictionary(),
                json.Value.JsonSerializerOptions
            )
        );

    private static HealthState State(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => HealthState.Healthy,
            HealthStatus.Degraded => HealthState.Degraded,
            _ => HealthState.Unhealthy,
        };
}

/// <summary>The health of an instance.</summary>
/// <param name="Status">The worst status of all checks.</param>
/// <param name="Checks">The result of each check.</param>
public sealed record HealthDto(HealthState Status, IReadOnlyList<HealthCheckDto> Checks);

/// <summary>The result of a health check.</summary>
/// <param name="Name">The check, such as <c>database</c>, <c>outbox</c>, <c>mail</c>, <c>keys</c>, <c>disk</c> or <c>process</c>.</param>
/// <param name="Status">The status.</param>
/// <param name="Description">The finding, and what to do about it.</param>
/// <param name="Template">The description with <c>{names}</c> of <c>data</c> in place of values, for translation.</param>
/// <param name="Data">Data that depends on the check. Times are UTC, sizes are in bytes.</param>
public sealed record HealthCheckDto(string Name, HealthState Status, string Description, string? Template, JsonElement Data);

/// <summary>The findings of an instance.</summary>
/// <param name="CheckedAt">When the checks ran (UTC).</param>
/// <param name="Status">The worst status of all checks.</param>
/// <param name="Checks">The result of each check.</param>
public sealed record FindingsDto(DateTime CheckedAt, HealthState Status, IReadOnlyList<HealthCheckDto> Checks);

/// <summary>Which findings to return.</summary>
public sealed record FindingsRequest
{
    /// <summary>Whether to run the checks again if the last run is older than ten seconds. Default: false.</summary>
    public bool Fresh { get; init; }
}

/// <summary>A health status.</summary>
public enum HealthState
{
    Healthy,
    Degraded,
    Unhealthy,
}
