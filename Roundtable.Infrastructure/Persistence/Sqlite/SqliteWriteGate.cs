namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// SQLite takes one writer. In-process writers queue here, without holding a thread, instead of sleeping in the busy handler,
/// which neither is fair nor frees the thread.
/// </summary>
internal sealed class SqliteWriteGate : IWriteGate, IDisposable
{
    // A queue that moves is worth waiting in; one that stands is dissolved by whoever finds the database gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim gate = new(1, 1);
    private CancellationTokenSource queue = new();

    public async Task<IDisposable?> EnterAsync(CancellationToken ct)
    {
        var standing = Volatile.Read(ref queue);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, standing.Token);
        try
        {
            if (await gate.WaitAsync(Patience, either.Token))
            {
                // A turn can come in the very moment in which the queue is dissolved.
                if (!standing.IsCancellationRequested)
                {
                    return new Turn(gate);
                }

                gate.Release();
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Those before us waited out the busy time-out: the next one would too, and the one after.
        }

        throw new TimeoutException("The database did not take a write in time.");
    }

    public void Dissolve()
    {
        // Not disposed: those who wait still hold its token.
        var standing = Interlocked.Exchange(ref queue, new CancellationTokenSource());
        standing.Cancel();
    }

    public void Dispose()
    {
        gate.Dispose();
        queue.Dispose();
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
