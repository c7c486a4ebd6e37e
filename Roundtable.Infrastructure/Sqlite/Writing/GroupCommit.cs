using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>
/// Queued transactions, one at a time. Those that follow each other without a gap share one of SQLite's (<see cref="SharedTransaction"/>),
/// which the last of them commits for all.
/// </summary>
internal sealed class GroupCommit(WriteQueue queue, WriterConnection writer)
{
    // Touched by whoever has the turn.
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

    /// <summary>Ends the turn of who has it.</summary>
    /// <param name="failed">Whether the database takes no writes now: all who wait are told, so that they need not find out one after the
    /// other.</param>
    internal void End(bool failed)
    {
        if (failed)
        {
            queue.Dissolve();
        }
        else if (open is { IsOpen: true } && queue.HandOver())
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

    // Somebody reads on the context's connection, or opened it to keep it: it writes there, and finds the lock free.
    private async Task<IDbContextTransaction> BeginOwnAsync(DbContext db, CancellationToken ct)
    {
        Close();
        try
        {
            return new OwnTransaction(this, await db.Database.BeginTransactionAsync(ct));
        }
        catch
        {
            // EF Core counts the connection as in use once more by then.
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }

    private SharedTransaction Begin()
    {
        var shared = writer.Begin(Longest);
        if (shared.FollowsAnother)
        {
            queue.SawAnother();
        }

        return shared;
    }

    private void Close()
    {
        var ending = open;
        open = null;
        ending?.Close();
        if (ending is { Settled.IsFaulted: true })
        {
            queue.Dissolve();
        }
    }
}
