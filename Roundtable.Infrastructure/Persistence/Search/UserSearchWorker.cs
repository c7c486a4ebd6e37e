using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Roundtable.Infrastructure.Common;

namespace Roundtable.Infrastructure.Persistence.Search;

/// <summary>Updates the search index soon after users change.</summary>
internal sealed partial class UserSearchWorker(
    IServiceScopeFactory scopes,
    PollInterval poll,
    TimeProvider time,
    ILogger<UserSearchWorker> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(poll.Messages, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
                // Nothing is lost or found wrongly meanwhile; others report that the database is unavailable.
                NotIndexed(logger, "system", "IndexUsers", "retrying", e.GetBaseException().GetType().Name);
            }
        }
    }

    [LoggerMessage(3301, LogLevel.Warning, "{logType} {operationName} {outcome}: {reason}")]
    private static partial void NotIndexed(ILogger logger, string logType, string operationName, string outcome, string reason);
}
