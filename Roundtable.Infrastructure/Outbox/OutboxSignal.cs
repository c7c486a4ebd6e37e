using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>Wakes this process's worker as soon as there may be work, so that nobody waits for the next poll.</summary>
public sealed class OutboxSignal<TMessage>
    where TMessage : OutboxMessage
{
    private TaskCompletionSource raised = New();

    /// <summary>Call after the commit of a transaction that may have added messages. Never blocks or fails.</summary>
    public void Notify() => Volatile.Read(ref raised).TrySetResult();

    /// <summary>Returns on a signal, also one given before the call, or after <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var signalled = Volatile.Read(ref raised);
        await Task.WhenAny(signalled.Task, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();

        // A new bell is hung up before the caller looks for work: what is notified from here on is either seen or rung again.
        if (signalled.Task.IsCompleted)
        {
            Volatile.Write(ref raised, New());
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
