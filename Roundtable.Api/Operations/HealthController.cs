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

    private HealthCheckDto Check(string name, HealthReportEntry entry) =>
        new(
            HealthSetup.ShortName(name),
            State(entry.Status),
            // An exception's message can contain names of servers and accounts.
            entry.Exception
                is null
                ? entry.Description ?? ""
                : "The check itself failed; the log says why.",
            JsonSerializer.SerializeToElement(entry.Data, json.Value.JsonSerializerOptions)
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
/// <param name="Name">The check: <c>database</c>, <c>outbox</c>, <c>mail</c>, <c>keys</c>, <c>disk</c> or <c>process</c>.</param>
/// <param name="Status">The status.</param>
/// <param name="Description">The finding, and what to do about it.</param>
/// <param name="Data">Data that depends on the check. Times are UTC, sizes are in bytes.</param>
public sealed record HealthCheckDto(string Name, HealthState Status, string Description, JsonElement Data);

/// <summary>A health status.</summary>
public enum HealthState
{
    Healthy,
    Degraded,
    Unhealthy,
}
