using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roundtable.Application.Telemetry;
using Roundtable.Domain.Email;

namespace Roundtable.Infrastructure.Email;

/// <summary>Takes mails from the outbox under a lease and sends them.</summary>
public sealed class OutboxDispatcher(IServiceScopeFactory scopes, OutboxProtector protector, MailTransportStatus status, RoundtableMetrics metrics, TimeProvider time, ILogger<OutboxDispatcher> logger)
{
    // A batch is sent all at once: a mail that waited its turn would eat up its lease.
    private const int BatchSize = 4;

    /// <summary>This process, among all that share the outbox.</summary>
    public string Owner { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Attempts all that is due, until nothing is left or <paramref name="ct"/> ends it; how many attempts there were.</summary>
    public async Task<int> DrainAsync(CancellationToken ct)
    {
        for (var attempts = 0; ;)
        {
            ct.ThrowIfCancellationRequested();
            var batch = await StoreAsync(s => s.ClaimAsync(Owner, BatchSize, Now, OutboxTiming.Lease, ct));
            if (batch.Count == 0)
            {
                return attempts;
            }

            await Task.WhenAll(batch.Select(mail => AttemptAsync(mail, ct)));
            attempts += batch.Count;
        }
    }

    /// <summary>Hands back what is still held.</summary>
    public Task ReleaseAsync(CancellationToken ct) => StoreAsync(async s =>
    {
        await s.ReleaseAsync(Owner, ct);
        return true;
    });

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task AttemptAsync(OutboxMail mail, CancellationToken stopping)
    {
        var attempt = mail.Attempts + 1;
        if (await SendAsync(mail, stopping) is not { } failure)
        {
            status.Succeeded(Now);
            metrics.Mail(mail.Template, "sent");
            await RecordAsync(mail, s => s.MarkSentAsync(mail.Id, Owner, Now, CancellationToken.None));
            logger.Sent(mail.Id, mail.Template, mail.ToMasked, attempt);
            return;
        }

        if (failure.Interrupted)
        {
            return;
        }

        status.Failed(Now, failure.Reason);
        var next = OutboxTiming.NextAttempt(attempt, Now, failure.RetryAfter);
        await RecordAsync(mail, s => s.MarkFailedAttemptAsync(mail.Id, Owner, failure.Reason, next, CancellationToken.None));
        metrics.Mail(mail.Template, next is null ? "failed" : "retrying");
        if (next is { } again)
        {
            logger.Retrying(mail.Id, mail.Template, mail.ToMasked, attempt, failure.Reason, again);
        }
        else
        {
            logger.GaveUp(mail.Id, mail.Template, mail.ToMasked, attempt, failure.Reason);
        }
    }

    /// <summary>Null when the mail was taken over.</summary>
    private async Task<Failure?> SendAsync(OutboxMail mail, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(OutboxTiming.SendTimeout, time);
        await using var hurry = stopping.Register(() => limit.CancelAfter(OutboxTiming.StopGrace));
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var transport = scope.ServiceProvider.GetRequiredService<IMailTransport>();
            // The wait ends in time also where a transport overlooks its token.
            await transport.SendAsync(protector.Unprotect(mail), limit.Token).WaitAsync(limit.Token);
            return null;
        }
        catch (MailTransportException e)
        {
            return new Failure(ErrorText.Clean(e.Message), e.RetryAfter);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new Failure("The transport did not finish in time.", Interrupted: stopping.IsCancellationRequested);
        }
        catch (Exception e)
        {
            return new Failure(ErrorText.Clean($"{e.GetType().Name}: {e.Message}"));
        }
    }

    /// <summary>
    /// Stores an outcome, stubbornly and also while the process stops: a lost mark means a second mail. Gives up when the lease
    /// is about to run out, never by an exception, since other mails of the batch still have theirs to store.
    /// </summary>
    private async Task RecordAsync(OutboxMail mail, Func<IOutboxStore, Task<bool>> mark)
    {
        for (var retry = 0; ; retry++)
        {
            try
            {
                if (!await StoreAsync(mark))
                {
                    logger.LeaseLost(mail.Id, mail.Template);
                }

                return;
            }
            catch (Exception e)
            {
                if (retry == OutboxTiming.MarkRetries.Count)
                {
                    logger.Unrecorded(e, mail.Id, mail.Template);
                    return;
                }
            }

            await Task.Delay(OutboxTiming.MarkRetries[retry], time);
        }
    }

    /// <summary>A scope, and with it a database context, for each access: mails of a batch are sent side by side.</summary>
    private async Task<T> StoreAsync<T>(Func<IOutboxStore, Task<T>> access)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await access(scope.ServiceProvider.GetRequiredService<IOutboxStore>());
    }

    private sealed record Failure(string Reason, TimeSpan? RetryAfter = null, bool Interrupted = false);
}
