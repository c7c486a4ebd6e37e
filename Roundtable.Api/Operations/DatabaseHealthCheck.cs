using Microsoft.Extensions.Diagnostics.HealthChecks;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Api.Operations;

/// <summary>Ready means that the database answers and its schema matches this program.</summary>
internal sealed class DatabaseHealthCheck(SchemaMigrator schema, IDatabaseErrors errors) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await schema.IsCurrentAsync(cancellationToken)
                ? HealthCheckResult.Healthy("The database answers and its schema is current.")
                : HealthCheckResult.Unhealthy("Migrations are pending: run the command migrate.");
        }
        catch (Exception e) when (errors.IsUnavailable(e))
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
