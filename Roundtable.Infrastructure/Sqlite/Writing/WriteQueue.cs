using System.Diagnostics;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>
/// SQLite allows one writer. Writers of this process queue here, without holding a thread, instead of sleeping in the busy handler, which
/// is not fair and holds the thread. Other processes on the same file do sleep there, up to 100 ms at a time: the queue pauses now and
/// then, more often while there are any, or they would find the lock free only by luck.
/// </summary>
internal sealed class WriteQueue
{
    // A moving queue is worth the wait; a stalled one fails its waiters once a transaction finds the database unavailable.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMilliseconds(200);

    // A process that never finds a gap cannot be detected.
    private static readonly TimeSpan LongestRunAlone = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly Lock sync = new();
    private readonly LinkedList<TaskCompletionSource> urgentQueue = [];
    private readonly LinkedList<TaskCompletionSource> queue = [];
    private bool taken;
    private long runSince;
    private long freeSince;
    private long? foreignSeen;

    /// <summary>Returns once the caller has the slot. Throws <see cref="TimeoutException"/> if it never comes.</summary>
    /// <param name="urgent">Whether it goes ahead of all non-urgent waiters.</param>
    public Task EnterAsync(bool urgent, CancellationToken ct) => Join(urgent) is { } place ? WaitAsync(place, ct) : Task.CompletedTask;

    /// <summary>
    /// Passes the slot to the next waiter. Returns false, and the caller keeps the slot, if there is no waiter or a pause is due.
    /// </summary>
    public bool PassOn()
    {
        lock (sync)
        {
            return !IsPauseDue() && CallNext();
        }
    }

    /// <summary>Releases the slot.</summary>
    public void Leave()
    {
        lock (sync)
        {
            if (IsPauseDue())
            {
                runSince = Stopwatch.GetTimestamp();
                _ = LeaveLaterAsync();
            }
            else
            {
                taken = CallNext();
                freeSince = Stopwatch.GetTimestamp();
            }
        }
    }

    /// <summary>Records that another process writes to the file too.</summary>
    public void RecordForeignWrite()
    {
        lock (sync)
        {
            foreignSeen = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Fails all waiters, because the database accepts no writes now, so that they need not find out one by one.</summary>
    public void FailWaiters()
    {
        lock (sync)
        {
            // Earlier writers waited out the busy time-out; each waiter would do so too, one after another.
            foreach (var place in urgentQueue.Concat(queue))
            {
                place.SetException(TookTooLong());
            }

            urgentQueue.Clear();
            queue.Clear();
        }
    }

    /// <summary>A place in the queue; null if the slot is free.</summary>
    private LinkedListNode<TaskCompletionSource>? Join(bool urgent)
    {
        lock (sync)
        {
            if (taken)
            {
                return (urgent ? urgentQueue : queue).AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            taken = true;

            // The writers of a group commit return together and leave the slot free for microseconds, which no other process meets: the
            // run continues.
            if (Stopwatch.GetElapsedTime(freeSince) > Pause)
            {
                runSince = Stopwatch.GetTimestamp();
            }

            return null;
        }
    }

    private async Task WaitAsync(LinkedListNode<TaskCompletionSource> place, CancellationToken ct)
    {
        try
        {
            await place.Value.Task.WaitAsync(Patience, ct);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // If the slot came at the very moment when the wait ended, the caller holds it and must release it.
            if (TryGiveUp(place))
            {
                throw e is TimeoutException ? TookTooLong() : e;
            }
        }
    }

    private bool TryGiveUp(LinkedListNode<TaskCompletionSource> place)
    {
        lock (sync)
        {
            place.List?.Remove(place);
            return !place.Value.Task.IsCompletedSuccessfully;
        }
    }

    private bool CallNext()
    {
        var next = urgentQueue.First ?? queue.First;
        next?.List!.RemoveFirst();
        next?.Value.SetResult();
        return next is not null;
    }

    private bool IsPauseDue() =>
        Stopwatch.GetElapsedTime(runSince)
        > (foreignSeen is { } seen && Stopwatch.GetElapsedTime(seen) < Remembered ? LongestRun : LongestRunAlone);

    private async Task LeaveLaterAsync()
    {
        await Task.Delay(Pause);
        Leave();
    }

    private static TimeoutException TookTooLong() => new("The database did not accept a write in time.");
}
