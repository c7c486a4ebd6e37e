using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>
/// Caches which endpoints subscribe to which events, so that a write need not query them. Refreshed in the background: an endpoint that
/// another instance created or changed is noticed within <see cref="PollInterval.Subscriptions"/>.
/// </summary>
internal sealed partial class WebhookSubscriptions(
    IServiceScopeFactory scopes,
    PollInterval poll,
    TimeProvider time,
    ILogger<WebhookSubscriptions> logger
) : BackgroundService
{
    private volatile IReadOnlyList<Subscription>? known;

    /// <summary>Returns the endpoints that subscribe to an event.</summary>
    public async ValueTask<IEnumerable<Subscription>> ToAsync(string eventType, RoundtableDbContext db, CancellationToken ct) =>
        (known ??= await ReadAsync(db, ct)).Where(s => s.Events.Count == 0 || s.Events.Contains(eventType));

    /// <summary>Call after the commit of a transaction that changed endpoints.</summary>
    public void Invalidate() => known = null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(poll.Subscriptions, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                known = await ReadAsync(scope.ServiceProvider.GetRequiredService<RoundtableDbContext>(), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The last known state is better than none; other components report that the database is unavailable.
                NotRefreshed(logger, "system", "RefreshWebhooks", "retrying", e.GetBaseException().GetType().Name);
            }
        }
    }

    private static async Task<IReadOnlyList<Subscription>> ReadAsync(RoundtableDbContext db, CancellationToken ct) =>
        [
            .. (await db.WebhookEndpoints.AsNoTracking().Where(e => e.Enabled).ToListAsync(ct)).Select(e => new Subscription(
                e.Id,
                e.Events,
                e.ShowsUserData
            )),
        ];

    [LoggerMessage(3106, LogLevel.Warning, "{logType} {operationName} {outcome}: {reason}")]
    private static partial void NotRefreshed(ILogger logger, string logType, string operationName, string outcome, string reason);

    internal sealed record Subscription(string EndpointId, IReadOnlyList<string> Events, bool ShowsUserData);
}
