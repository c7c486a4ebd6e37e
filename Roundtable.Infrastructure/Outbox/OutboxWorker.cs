using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Common;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>Sends what waits in an outbox, in the background, for as long as the process lives.</summary>
public sealed class OutboxWorker<TMessage>(
    OutboxDispatcher<TMessage> dispatcher,
    OutboxSignal<TMessage> signal,
    IDatabaseErrors errors,
    PollInterval poll,
    TimeProvider time,
    ILogger<OutboxWorker<TMessage>> logger
) : BackgroundService
    where TMessage : OutboxMessage
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is { IsCompleted: false })
        {
            // The host's patience ended before a message under way did: it may still go out, so nobody else may send it yet.
            return;
        }

        try
        {
            // Not by the host's own patience, which may be used up: whoever waits for these messages gets them at once this way.
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
        // As the process starts, the first requests need the processor; no clock that a test moves has a say in that.
        await Task.Delay(OutboxTiming.StartRest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await dispatcher.DrainAsync(stoppingToken);
                await signal.WaitAsync(
                    dispatcher.UntilNextAttempt is { } wait && wait < poll.Messages ? wait : poll.Messages,
                    time,
                    stoppingToken
                );
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // An outbox must never take the process down, nor stop for good because the database was away.
                logger.LoopFailed(errors.IsUnavailable(e) ? null : e, e.GetBaseException().Message);
                await Task.Delay(OutboxTiming.Recovery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
