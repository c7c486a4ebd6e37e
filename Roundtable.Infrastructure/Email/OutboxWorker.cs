using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Email;

/// <summary>Sends mail in the background for as long as the process lives.</summary>
public sealed class OutboxWorker(OutboxDispatcher dispatcher, OutboxSignal signal, IDatabaseErrors errors, TimeProvider time, ILogger<OutboxWorker> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is { IsCompleted: false })
        {
            // The host's patience ended before a mail under way did: it may still go out, so nobody else may send it yet.
            return;
        }

        try
        {
            // Not by the host's own patience, which may be used up: whoever waits for these mails gets them at once this way.
            using var limit = new CancellationTokenSource(OutboxTiming.StopGrace, time);
            await dispatcher.ReleaseAsync(limit.Token);
        }
        catch (Exception e)
        {
            logger.ReleaseFailed(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await dispatcher.DrainAsync(stoppingToken);
                await signal.WaitAsync(OutboxTiming.Poll, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Mail must never take the process down, nor stop for good because the database was away.
                logger.LoopFailed(errors.IsUnavailable(e) ? null : e, e.GetBaseException().Message);
                await Task.Delay(OutboxTiming.Recovery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
