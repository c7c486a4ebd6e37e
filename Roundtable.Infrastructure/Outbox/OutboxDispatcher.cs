using Microsoft.Extensions.DependencyInjection;
using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>Claims messages from an outbox under a lease and sends them.</summary>
public sealed class OutboxDispatcher<TMessage>(IServiceScopeFactory scopes, OutboxOwner owner, TimeProvider time)
    where TMessage : OutboxMessage
{
    private readonly Acknowledgements marks = new();
    private readonly Lock sync = new();
    private readonly PriorityQueue<DateTime, DateTime> retries = new();

    /// <summary>The time until a message whose attempt failed in this process is due again; null if there is none.</summary>
    public TimeSpan? UntilNextAttempt
    {
        get
        {
            lock (sync)
            {
                return retries.TryPeek(out var due, out _) ? TimeSpan.FromTicks(Math.Max(0, (due - Now).Ticks)) : null;
            }
        }
    }

    /// <summary>Attempts all due messages until none is left or <paramref name="ct"/> ends it; returns the number of attempts.</summary>
    public async Task<int> DrainAsync(CancellationToken ct)
    {
        var busy = new Dictionary<string, Task>(StringComparer.Ordinal);
        ResetDue();
        try
        {
            for (var attempts = 0; ; )
            {
                ct.ThrowIfCancellationRequested();
                var claimed = await ClaimAsync(busy.Keys, ct);
                foreach (var (channel, messages) in claimed)
                {
                    busy[channel] = Task.WhenAll(messages.Select(message => AttemptAsync(message, ct)));
                    attempts += messages.Count;
                }

                if (busy.Count == 0)
                {
                    return attempts;
                }

                await ProgressAsync(busy, claimed.Count == 0, ct);
            }
        }
        finally
        {
            await Task.WhenAll(busy.Values);
        }
    }

    /// <summary>Removes finished channels. If nothing was due, waits until a channel finishes or the next poll is due.</summary>
    private async Task ProgressAsync(Dictionary<string, Task> busy, bool mayWait, CancellationToken ct)
    {
        if (mayWait)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny([.. busy.Values, Task.Delay(OutboxTiming.Poll, time, ended.Token)]);
            await ended.CancelAsync();
        }

        foreach (var (channel, batch) in busy.Where(b => b.Value.IsCompleted).ToList())
        {
            busy.Remove(channel);
            await batch;
        }
    }

    // Sends a channel's messages all at once: a queued message would use up its lease.
    private async Task<IReadOnlyList<(string Channel, IReadOnlyList<TMessage> Messages)>> ClaimAsync(
        IReadOnlyCollection<string> busy,
        CancellationToken ct
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var sender = scope.ServiceProvider.GetRequiredService<IOutboxSender<TMessage>>();
        var claimed = await scope
            .ServiceProvider.GetRequiredService<IOutboxStore<TMessage>>()
            .ClaimAsync(owner.Id, sender.MaxConcurrency, Now, OutboxTiming.Lease, [.. busy], ct);
        return [.. claimed.GroupBy(sender.Channel, StringComparer.Ordinal).Select(g => (g.Key, (IReadOnlyList<TMessage>)[.. g]))];
    }

    /// <summary>Releases the remaining leases.</summary>
    public Task ReleaseAsync(CancellationToken ct) =>
        StoreAsync(async s =>
        {
            await s.ReleaseAsync(owner.Id, ct);
            return true;
        });

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private void ResetDue()
    {
        lock (sync)
        {
            while (retries.TryPeek(out var due, out _) && due <= Now)
            {
                retries.Dequeue();
            }
        }
    }

    private async Task AttemptAsync(TMessage message, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var sender = scope.ServiceProvider.GetRequiredService<IOutboxSender<TMessage>>();
        var attempt = message.Attempts + 1;
        if (await SendAsync(sender, message, stopping) is not { } failure)
        {
            await RecordAsync(sender, message, () => marks.AddAsync(message.Id, MarkSentAsync));
            sender.Sent(message, attempt, Now);
            return;
        }

        if (failure.Interrupted)
        {
            return;
        }

        var next = failure.IsFinal ? null : sender.NextAttempt(attempt, Now, failure.RetryAfter);
        await RecordAsync(sender, message, () =>
            StoreAsync(s => s.MarkFailedAttemptAsync(message.Id, owner.Id, failure.Error, next, CancellationToken.None))
        );
        sender.Failed(message, attempt, failure.Error.Text, next, Now);
        if (next is { } due)
        {
            lock (sync)
            {
                retries.Enqueue(due, due);
            }
        }
    }

    /// <summary>Returns null if the message was accepted.</summary>
    private async Task<Failure?> SendAsync(IOutboxSender<TMessage> sender, TMessage message, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(OutboxTiming.SendTimeout, time);
        await using var hurry = stopping.Register(() => limit.CancelAfter(OutboxTiming.StopGrace));
        try
        {
            // The wait ends in time even if a transport ignores its token.
            await sender.SendAsync(message, limit.Token).WaitAsync(limit.Token);
            return null;
        }
        catch (DeliveryException e)
        {
            return new Failure(new(e.Code, ErrorText.Clean(e.Message)), e.RetryAfter, IsFinal: e.IsFinal);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new Failure(
                new(DeliveryErrorCode.TimedOut, "The transport did not finish in time."),
                Interrupted: stopping.IsCancellationRequested
            );
        }
        catch (Exception e)
        {
            return new Failure(new(DeliveryErrorCode.Other, ErrorText.Clean(e.Message)));
        }
    }

    /// <summary>
    /// Stores an outcome with retries, also while the process stops: a lost acknowledgement means that the message is sent twice. Gives up
    /// when the lease is about to expire, without throwing, since other messages of the batch still have outcomes to store.
    /// </summary>
    private async Task RecordAsync(IOutboxSender<TMessage> sender, TMessage message, Func<Task<bool>> mark)
    {
        for (var retry = 0; ; retry++)
        {
            try
            {
                if (!await mark())
                {
                    sender.LeaseLost(message);
                }

                return;
            }
            catch (Exception e)
            {
                if (retry == OutboxTiming.MarkRetries.Count)
                {
                    sender.Unrecorded(message, e);
                    return;
                }
            }

            await Task.Delay(OutboxTiming.MarkRetries[retry], time);
        }
    }

    private Task<IReadOnlyCollection<string>> MarkSentAsync(IReadOnlyCollection<string> ids) =>
        StoreAsync(s => s.MarkSentAsync(ids, owner.Id, Now, CancellationToken.None));

    /// <summary>Uses one scope, and thus one database context, per access: messages of a batch are sent in parallel.</summary>
    private async Task<T> StoreAsync<T>(Func<IOutboxStore<TMessage>, Task<T>> access)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await access(scope.ServiceProvider.GetRequiredService<IOutboxStore<TMessage>>());
    }

    private sealed record Failure(DeliveryError Error, TimeSpan? RetryAfter = null, bool Interrupted = false, bool IsFinal = false);
}

/// <summary>Identifies this process among all that share the outboxes.</summary>
public sealed class OutboxOwner
{
    public string Id { get; } = Guid.NewGuid().ToString("N");
}
