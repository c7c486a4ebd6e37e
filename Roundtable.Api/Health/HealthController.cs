using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Health;

/// <summary>How the program and what it depends on are, for admins.</summary>
[Route("api/v1/admin/health")]
[Tags("System")]
public sealed class HealthController(HealthCheckService checks, IOptions<JsonOptions> json) : ApiController
{
    /// <summary>See how this instance is: database, outbox, mail, keys, disk, version.</summary>
    /// <remarks>200 whatever it finds: what is wrong stands in the answer. Balancers ask <c>/health/ready</c>.</remarks>
    /// <response code="200">The worst of all checks, and each of them.</response>
    [HttpGet]
    [Operation("getHealth")]
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
            // An exception's own words can name servers and accounts.
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

/// <summary>How an instance is.</summary>
/// <param name="Status">The worst of all checks.</param>
/// <param name="Checks">Each check.</param>
public sealed record HealthDto(HealthState Status, IReadOnlyList<HealthCheckDto> Checks);

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What: <c>database</c>, <c>outbox</c>, <c>mail</c>, <c>keys</c>, <c>disk</c> or <c>process</c>.</param>
/// <param name="Status">How it is.</param>
/// <param name="Description">What was found, and what to do.</param>
/// <param name="Data">Figures; which ones depends on the check. Times are UTC, sizes bytes.</param>
public sealed record HealthCheckDto(string Name, HealthState Status, string Description, JsonElement Data);

/// <summary>How something is.</summary>
public enum HealthState
{
    Healthy,
    Degraded,
    Unhealthy,
}
