using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>
/// Who wants to hear of what, remembered, so that a write need not ask for it. Refreshed in the background: an endpoint that another
/// instance made or changed is noticed within <see cref="PollInterval.Subscriptions"/>.
/// </summary>
internal sealed partial class WebhookSubscriptions(
    IServiceScopeFactory scopes,
    PollInterval poll,
    TimeProvider time,
    ILogger<WebhookSubscriptions> logger
) : BackgroundService
{
    private volatile IReadOnlyList<Subscription>? known;

    /// <summary>The endpoints that are to be told of an event.</summary>
    public async ValueTask<IEnumerable<Subscription>> ToAsync(string eventType, RoundtableDbContext db, CancellationToken ct) =>
        (known ??= await ReadAsync(db, ct)).Where(s => s.Events.Count == 0 || s.Events.Contains(eventType));

    /// <summary>Call after the commit of a transaction that changed endpoints.</summary>
    public void Forget() => known = null;

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
                // What was known last is better than nothing; others report that the database is away.
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
