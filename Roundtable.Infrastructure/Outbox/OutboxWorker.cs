using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Common;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>Sends the messages of an outbox, in the background, for the lifetime of the process.</summary>
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
            // The host's shutdown timeout expired during a send: the message may still go out, so no other worker may send it yet.
            return;
        }

        try
        {
            // Not limited by the host's timeout, which may have expired: other workers can send the released messages at once.
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
        // At startup the first requests need the processor. Uses real time, not the clock that tests control.
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
                // An outbox must never take the process down, nor stop for good because the database was unavailable.
                logger.LoopFailed(errors.IsUnavailable(e) ? null : e, e.GetBaseException().Message);
                await Task.Delay(OutboxTiming.Recovery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
