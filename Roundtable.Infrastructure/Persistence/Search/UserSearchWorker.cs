using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Roundtable.Infrastructure.Persistence.Search;

/// <summary>Brings the search's index up to date soon after users changed.</summary>
internal sealed partial class UserSearchWorker(IServiceScopeFactory scopes, TimeProvider time, ILogger<UserSearchWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Rest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IUserSearch>().IndexAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Nothing is lost or found wrongly meanwhile; that the database is away others report.
                NotIndexed(logger, "system", "IndexUsers", "retrying", e.GetBaseException().GetType().Name);
            }
        }
    }

    [LoggerMessage(3301, LogLevel.Warning, "{logType} {operationName} {outcome}: {reason}")]
    private static partial void NotIndexed(ILogger logger, string logType, string operationName, string outcome, string reason);
}
