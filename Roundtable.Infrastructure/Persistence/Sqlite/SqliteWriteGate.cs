using System.Diagnostics;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// SQLite takes one writer. In-process writers queue here, without holding a thread, instead of sleeping in the busy handler,
/// which neither is fair nor frees the thread. Other processes on the same file do sleep there, up to 100 ms at a time: while there
/// are some, the queue makes a short pause now and then, or they would find the way free by luck only.
/// </summary>
internal sealed class SqliteWriteGate : IWriteGate
{
    // A queue that moves is worth waiting in; one that stands is dissolved by whoever finds the database gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Foreign = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly Lock sync = new();
    private readonly LinkedList<TaskCompletionSource> urgentQueue = [];
    private readonly LinkedList<TaskCompletionSource> queue = [];
    private bool taken;
    private long runSince;
    private long? foreignSeen;

    public async Task<IDisposable?> EnterAsync(bool urgent, CancellationToken ct)
    {
        if (Join(urgent) is { } place)
        {
            await WaitAsync(place, ct);
        }

        return new Turn(this);
    }

    public void Began(TimeSpan after)
    {
        if (after > Foreign)
        {
            lock (sync)
            {
                foreignSeen = Stopwatch.GetTimestamp();
            }
        }
    }

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
            Leave(place);
            throw e is TimeoutException ? TookTooLong() : e;
        }
    }

    private void Leave(LinkedListNode<TaskCompletionSource> place)
    {
        lock (sync)
        {
            if (place.List is { } standing)
            {
                standing.Remove(place);
                return;
            }
        }

        // The turn came in the very moment in which the patience ended.
        if (place.Value.Task.IsCompletedSuccessfully)
        {
            PassOn();
        }
    }

    private void PassOn()
    {
        lock (sync)
        {
            if (IsPauseDue())
            {
                runSince = Stopwatch.GetTimestamp();
                _ = PassOnLaterAsync();
                return;
            }

            var next = urgentQueue.First ?? queue.First;
            taken = next is not null;
            next?.List!.RemoveFirst();
            next?.Value.SetResult();
        }
    }

    private bool IsPauseDue() =>
        foreignSeen is { } seen
        && Stopwatch.GetElapsedTime(seen) < Remembered
        && urgentQueue.Count + queue.Count > 0
        && Stopwatch.GetElapsedTime(runSince) > LongestRun;

    private async Task PassOnLaterAsync()
    {
        await Task.Delay(Pause);
        PassOn();
    }

    private static TimeoutException TookTooLong() => new("The database did not take a write in time.");

    private sealed class Turn(SqliteWriteGate gate) : IDisposable
    {
        public void Dispose() => gate.PassOn();
    }
}
