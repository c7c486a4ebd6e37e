using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roundtable.Application.Operations;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Infrastructure.Operations;

/// <summary>Gauges for live sessions and the outbox. Queries the database only during a collection, and once for all its gauges.</summary>
internal sealed class StateGauges(RoundtableMetrics metrics, IServiceScopeFactory scopes, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private State? last;
    private long readAt;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = metrics.Meter;
        meter.CreateObservableGauge(
            "roundtable.sessions.live",
            () => Observe(s => s.Sessions),
            "{session}",
            "Sessions that have neither ended nor run out."
        );
        meter.CreateObservableGauge(
            "roundtable.outbox.depth",
            () => Observe(s => s.Outbox.Waiting),
            "{mail}",
            "Mails that wait or are being sent."
        );
        meter.CreateObservableGauge(
            "roundtable.outbox.failed",
            () => Observe(s => s.Outbox.Failed),
            "{mail}",
            "Mails that were given up and are still on record."
        );
        meter.CreateObservableGauge(
            "roundtable.outbox.age",
            () => Observe(s => s.Outbox.OldestAge.TotalSeconds),
            "s",
            "How long the oldest mail has been waiting."
        );
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Reports no value rather than an old or wrong one: without the database there is none.
    private IEnumerable<Measurement<T>> Observe<T>(Func<State, T> value)
        where T : struct => Read() is { } state ? [new Measurement<T>(value(state))] : [];

    private State? Read()
    {
        lock (gate)
        {
            if (readAt == 0 || time.GetElapsedTime(readAt) > GoodFor)
            {
                last = QueryDatabase();
                readAt = time.GetTimestamp();
            }

            return last;
        }
    }

    // Collectors call synchronously, on their own thread.
    private State? QueryDatabase()
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            return Task.Run(() => AskAsync(limit.Token), limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // The metric has a gap; the log and /health/ready say why.
            return null;
        }
    }

    private async Task<State> AskAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<DatabaseInspection>();
        return new State(await database.CountLiveSessionsAsync(ct), await database.OutboxAsync(ct));
    }

    private sealed record State(int Sessions, OutboxFigures Outbox);
}
