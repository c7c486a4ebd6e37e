using Microsoft.Extensions.Diagnostics.HealthChecks;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Api.Operations;

/// <summary>A check that queries the database and has no result without it.</summary>
internal abstract class DatabaseCheck(IDatabaseErrors errors) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await QueryAsync(cancellationToken);
        }
        catch (Exception e) when (errors.IsUnavailable(e))
        {
            // The driver's message can contain names of servers and accounts.
            return WithoutDatabase;
        }
    }

    protected virtual HealthCheckResult WithoutDatabase =>
        HealthCheckResult.Unhealthy("The database does not answer, so this cannot be checked.");

    protected abstract Task<HealthCheckResult> QueryAsync(CancellationToken ct);
}

/// <summary>Reports the database's latency and provider and whether its schema is current.</summary>
internal sealed class DatabaseDetailsCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    protected override HealthCheckResult WithoutDatabase => HealthCheckResult.Unhealthy("The database does not answer.");

    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct)
    {
        var latency = await database.PingAsync(ct);
        var (applied, pending) = await database.SchemaAsync(ct);
        var data = new Dictionary<string, object>
        {
            ["provider"] = database.Provider.ToString(),
            ["latencyMs"] = Math.Round(latency.TotalMilliseconds, 2),
            ["schema"] = applied ?? "none",
            ["pendingMigrations"] = pending,
        };
        return pending == 0
            ? HealthCheckResult.Healthy("The database answers and its schema is current.", data)
            : HealthCheckResult.Unhealthy("Migrations are pending: run the command migrate.", null, data);
    }
}

/// <summary>Reports whether mail is being sent.</summary>
internal sealed class OutboxCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    // By then the first retries are over: the problem is the transport, not one mail.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct)
    {
        var (waiting, failed, age) = await database.OutboxAsync(ct);
        var data = new Dictionary<string, object>
        {
            ["pending"] = waiting,
            ["failed"] = failed,
            ["oldestAgeSeconds"] = Math.Max(0, (long)age.TotalSeconds),
        };
        return age < Late
            ? HealthCheckResult.Healthy(waiting == 0 ? "No mail waits." : "Mail is on its way.", data)
            : HealthCheckResult.Degraded("Mail has been waiting for long: GET /api/v1/admin/emails says why.", null, data);
    }
}
