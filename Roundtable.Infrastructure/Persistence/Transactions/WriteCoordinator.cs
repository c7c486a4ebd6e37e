using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Infrastructure.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>
/// Begins write transactions: through the SQLite engine if it is on, otherwise as EF Core does, one at a time on SQLite, which allows one
/// writer, and concurrently on SQL Server.
/// </summary>
/// <param name="engine">Null on SQL Server, and if the engine is off.</param>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore that is disposed while a worker of a stopping host waits would never let it "
        + "go; without a wait handle it holds nothing."
)]
internal sealed class WriteCoordinator(DatabaseProvider provider, FastSqlite? engine)
{
    // Shorter than SQLite's own time-out: no waiter behind a writer that runs into it begins that wait again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim slot = new(1);

    // Non-urgent writers wait here first, so that at most one of them is ahead of an urgent one.
    private readonly SemaphoreSlim line = new(1);

    private readonly bool queues = provider == DatabaseProvider.Sqlite && engine is null;

    /// <summary>Whether only one transaction runs at a time: its reads then stay valid until it ends, without a lock.</summary>
    public bool IsExclusive => provider == DatabaseProvider.Sqlite;

    /// <summary>Waits for a slot if this process's writers have no other queue: in SQLite's own each would hold a thread.</summary>
    /// <param name="urgent">Whether it goes ahead of all non-urgent writers.</param>
    /// <exception cref="TimeoutException">It timed out.</exception>
    public async Task<IDisposable?> EnterAsync(bool urgent, CancellationToken ct)
    {
        if (!queues)
        {
            return null;
        }

        var began = Stopwatch.GetTimestamp();
        using var first = urgent ? null : await WaitAsync(line, Patience, ct);
        var left = Patience - Stopwatch.GetElapsedTime(began);
        return await WaitAsync(slot, left > TimeSpan.Zero ? left : TimeSpan.Zero, ct);
    }

    /// <param name="urgent">Whether it goes ahead of all non-urgent writers, if there is a queue.</param>
    public Task<IDbContextTransaction> BeginAsync(RoundtableDbContext db, bool urgent, CancellationToken ct) =>
        engine is null ? BeginAsync(db, ct) : engine.BeginTransactionAsync(db, urgent, ct);

    private static async Task<IDisposable> WaitAsync(SemaphoreSlim queue, TimeSpan patience, CancellationToken ct) =>
        await queue.WaitAsync(patience, ct) ? new Slot(queue) : throw new TimeoutException("The database did not accept a write in time.");

    private static async Task<IDbContextTransaction> BeginAsync(RoundtableDbContext db, CancellationToken ct)
    {
        try
        {
            return await db.Database.BeginTransactionAsync(ct);
        }
        catch
        {
            // By then EF Core has opened the connection, and counts it as in use for the lifetime of the pooled context.
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }

    private sealed class Slot(SemaphoreSlim slot) : IDisposable
    {
        public void Dispose() => slot.Release();
    }
}
