using System.Diagnostics;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>
/// SQLite takes one writer. In-process writers queue here, without holding a thread, instead of sleeping in the busy handler,
/// which neither is fair nor frees the thread. Other processes on the same file do sleep there, up to 100 ms at a time: the queue
/// makes a short pause now and then, more often while there are some, or they would find the way free by luck only.
/// </summary>
internal sealed class WriteQueue
{
    // A queue that moves is worth waiting in; one that stands is dissolved by whoever finds the database gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMilliseconds(200);

    // Somebody who never found a gap could not be noticed.
    private static readonly TimeSpan LongestRunAlone = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly Lock sync = new();
    private readonly LinkedList<TaskCompletionSource> urgentQueue = [];
    private readonly LinkedList<TaskCompletionSource> queue = [];
    private bool taken;
    private long runSince;
    private long? foreignSeen;

    /// <summary>Returns once the turn has come. Throws <see cref="TimeoutException"/> when it does not.</summary>
    /// <param name="urgent">Whether it goes before all that is not urgent.</param>
    public Task EnterAsync(bool urgent, CancellationToken ct) => Join(urgent) is { } place ? WaitAsync(place, ct) : Task.CompletedTask;

    /// <summary>
    /// Gives the turn to the next in line; false, and it is the caller's still, where nobody stands there or a pause is due.
    /// </summary>
    public bool HandOver()
    {
        lock (sync)
        {
            return !IsPauseDue() && CallNext();
        }
    }

    /// <summary>Ends the turn.</summary>
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
            }
        }
    }

    /// <summary>Tells that another process writes to the file too.</summary>
    public void SawAnother()
    {
        lock (sync)
        {
            foreignSeen = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Tells all who wait that the database takes no writes now, so that they need not find out one after the other.</summary>
    public void Dissolve()
    {
        lock (sync)
        {
            // Those before them waited out the busy time-out: the next one would too, and the one after.
            foreach (var place in urgentQueue.Concat(queue))
            {
                place.SetException(TookTooLong());
            }

            urgentQueue.Clear();
            queue.Clear();
        }
    }

    /// <summary>A place in the queue; null when nobody is in the way.</summary>
    private LinkedListNode<TaskCompletionSource>? Join(bool urgent)
    {
        lock (sync)
        {
            if (taken)
            {
                return (urgent ? urgentQueue : queue).AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            taken = true;
            runSince = Stopwatch.GetTimestamp();
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
            // Where the turn came in the very moment in which the patience ended, it is taken: somebody has to end it.
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
        urgentQueue.Count + queue.Count > 0
        && Stopwatch.GetElapsedTime(runSince)
            > (foreignSeen is { } seen && Stopwatch.GetElapsedTime(seen) < Remembered ? LongestRun : LongestRunAlone);

    private async Task LeaveLaterAsync()
    {
        await Task.Delay(Pause);
        Leave();
    }

    private static TimeoutException TookTooLong() => new("The database did not take a write in time.");
}
