using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Infrastructure.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>
/// Begins the transactions that write: by SQLite's engine where it is on, else as EF Core does, one at a time on SQLite, which takes one writer, and all at
/// once on SQL Server.
/// </summary>
/// <param name="engine">Null on SQL Server, and where it is switched off.</param>
internal sealed class WriteCoordinator(DatabaseProvider provider, FastSqlite? engine) : IDisposable
{
    // With SQLite's own time-out after it, whoever waits gets an answer within ten seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim? turn = provider == DatabaseProvider.Sqlite && engine is null ? new SemaphoreSlim(1) : null;

    /// <summary>Whether only one transaction runs at a time: then what it reads stays true until it ends, without a lock.</summary>
    public bool IsExclusive => provider == DatabaseProvider.Sqlite;

    /// <summary>Waits for a turn of this process's writers, where they have none otherwise: in SQLite's own they would hold a thread each.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<IDisposable?> EnterAsync(CancellationToken ct)
    {
        if (turn is null)
        {
            return null;
        }

        return await turn.WaitAsync(Patience, ct) ? new Turn(turn) : throw new TimeoutException("The database did not take a write in time.");
    }

    /// <param name="urgent">Whether it goes before all that is not urgent, where there is a queue.</param>
    public Task<IDbContextTransaction> BeginAsync(RoundtableDbContext db, bool urgent, CancellationToken ct) =>
        engine is null ? BeginAsync(db, ct) : engine.BeginTransactionAsync(db, urgent, ct);

    public void Dispose() => turn?.Dispose();

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
