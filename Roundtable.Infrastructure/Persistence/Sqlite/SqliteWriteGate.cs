namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// SQLite takes one writer. In-process writers queue here, without holding a thread, instead of sleeping in the busy handler,
/// which neither is fair nor frees the thread.
/// </summary>
internal sealed class SqliteWriteGate : IWriteGate, IDisposable
{
    // With the busy time-out of 5 seconds behind it, nobody waits 10 seconds for an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim gate = new(1, 1);

    public async Task<IDisposable?> EnterAsync(CancellationToken ct) =>
        await gate.WaitAsync(Patience, ct) ? new Turn(gate) : throw new TimeoutException("The database did not take a write in time.");

    public void Dispose() => gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
