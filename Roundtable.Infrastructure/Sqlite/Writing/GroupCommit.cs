using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>
/// Group commit: queued transactions run one at a time, and consecutive ones share one SQLite transaction
/// (<see cref="SharedTransaction"/>), which the last of them commits for all.
/// </summary>
internal sealed class GroupCommit(WriteQueue queue, WriterConnection writer)
{
    // Used only by the holder of the slot.
    private SharedTransaction? open;

    /// <summary>How long transactions may join a group.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <inheritdoc cref="FastSqlite.BeginTransactionAsync"/>
    public async Task<IDbContextTransaction> BeginAsync(DbContext db, bool urgent, CancellationToken ct)
    {
        await queue.EnterAsync(urgent, ct);
        try
        {
            ct.ThrowIfCancellationRequested();
            return Join(db) ?? await BeginOwnAsync(db, ct);
        }
        catch (Exception e)
        {
            End(failed: e is SqliteException);
            throw;
        }
    }

    /// <summary>Releases the caller's slot.</summary>
    /// <param name="failed">Whether the database accepts no writes now: all waiters then fail at once instead of finding out one by
    /// one.</param>
    internal void End(bool failed)
    {
        if (failed)
        {
            queue.FailWaiters();
        }
        else if (open is { IsOpen: true } && queue.PassOn())
        {
            return;
        }

        try
        {
            Close();
        }
        finally
        {
            queue.Leave();
        }
    }

    private QueuedTransaction? Join(DbContext db)
    {
        var shared = open ??= Begin();
        if (shared.Enlist(db) is not { } enlistment)
        {
            return null;
        }

        try
        {
            shared.BeginSavepoint();
            return new QueuedTransaction(this, shared, enlistment);
        }
        catch
        {
            enlistment.Dispose();
            throw;
        }
    }

    // A read is active on the context's connection, or the caller opened it: the transaction runs there, and finds the write lock free.
    private async Task<IDbContextTransaction> BeginOwnAsync(DbContext db, CancellationToken ct)
    {
        Close();
        try
        {
            return new OwnTransaction(this, await db.Database.BeginTransactionAsync(ct));
        }
        catch
        {
            // By then EF Core counts one more use of the connection.
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }

    private SharedTransaction Begin()
    {
        var shared = writer.Begin(Longest);
        if (shared.FollowsExternalWrite)
        {
            queue.RecordForeignWrite();
        }

        return shared;
    }

    private void Close()
    {
        var ending = open;
        open = null;
        ending?.Close();
        if (ending is { Completion.IsFaulted: true })
        {
            queue.FailWaiters();
        }
    }
}
