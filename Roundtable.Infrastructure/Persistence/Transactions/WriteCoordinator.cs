using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Infrastructure.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>
/// Begins the transactions that write: by SQLite's engine where it is on, else as EF Core does, one at a time on SQLite, which takes one
/// writer, and all at once on SQL Server.
/// </summary>
/// <param name="engine">Null on SQL Server, and where it is switched off.</param>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore that is disposed while a worker of a stopping host waits would never let it "
        + "go; without a wait handle it holds nothing."
)]
internal sealed class WriteCoordinator(DatabaseProvider provider, FastSqlite? engine)
{
    // Shorter than SQLite's own time-out: behind one who runs into that, nobody begins to wait for it anew.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim turn = new(1);

    // Who is not urgent waits here first, so that one of them at the most stands before who is.
    private readonly SemaphoreSlim line = new(1);

    private readonly bool queues = provider == DatabaseProvider.Sqlite && engine is null;

    /// <summary>Whether only one transaction runs at a time: then what it reads stays true until it ends, without a lock.</summary>
    public bool IsExclusive => provider == DatabaseProvider.Sqlite;

    /// <summary>
    /// Waits for a turn of this process's writers, where they have none otherwise: in SQLite's own they would hold a thread each.
    /// </summary>
    /// <param name="urgent">Whether it goes before all that is not urgent.</param>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<IDisposable?> EnterAsync(bool urgent, CancellationToken ct)
    {
        if (!queues)
        {
            return null;
        }

        var began = Stopwatch.GetTimestamp();
        using var first = urgent ? null : await WaitAsync(line, Patience, ct);
        var left = Patience - Stopwatch.GetElapsedTime(began);
        return await WaitAsync(turn, left > TimeSpan.Zero ? left : TimeSpan.Zero, ct);
    }

    /// <param name="urgent">Whether it goes before all that is not urgent, where there is a queue.</param>
    public Task<IDbContextTransaction> BeginAsync(RoundtableDbContext db, bool urgent, CancellationToken ct) =>
        engine is null ? BeginAsync(db, ct) : engine.BeginTransactionAsync(db, urgent, ct);

    private static async Task<IDisposable> WaitAsync(SemaphoreSlim queue, TimeSpan patience, CancellationToken ct) =>
        await queue.WaitAsync(patience, ct) ? new Turn(queue) : throw new TimeoutException("The database did not take a write in time.");

    private static async Task<IDbContextTransaction> BeginAsync(RoundtableDbContext db, CancellationToken ct)
    {
        try
        {
            return await db.Database.BeginTransactionAsync(ct);
        }
        catch
        {
            // EF Core has opened the connection by then, and counts it as in use for as long as the context lives, which comes from a pool.
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
