using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>Wakes this process's worker as soon as there may be work, without waiting for the next poll.</summary>
public sealed class OutboxSignal<TMessage>
    where TMessage : OutboxMessage
{
    private TaskCompletionSource raised = New();

    /// <summary>Call after the commit of a transaction that may have added messages. Never blocks or fails.</summary>
    public void Notify() => Volatile.Read(ref raised).TrySetResult();

    /// <summary>Returns on a signal, including one given before the call, or after <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var signalled = Volatile.Read(ref raised);
        await Task.WhenAny(signalled.Task, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();

        // The signal is reset before the caller looks for work: a later message is either found or signalled again.
        if (signalled.Task.IsCompleted)
        {
            Volatile.Write(ref raised, New());
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
