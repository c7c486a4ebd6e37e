using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>
/// The SQLite transaction beneath a group of queued ones, which it commits together: one fsync takes as long as several transactions'
/// work. Each runs in a savepoint, so a failing one rolls back only itself. Not thread-safe.
/// </summary>
internal sealed class SharedTransaction
{
    private const int MaxEnlisted = 64;
    private const int Aborted = 4;

    private readonly PreparedConnection connection;
    private readonly TimeSpan longest;
    private readonly Action<bool> onEnd;
    private readonly SqliteTransaction transaction;
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int enlisted;
    private bool keep = true;
    private bool mustRollBack;

    /// <param name="longest">How long others may join.</param>
    /// <param name="onEnd">Receives the connection at the end, and whether it may be reused.</param>
    public SharedTransaction(PreparedConnection connection, TimeSpan longest, Action<bool> onEnd)
    {
        this.connection = connection;
        this.longest = longest;
        this.onEnd = onEnd;
        transaction = connection.BeginTransaction();
        FollowsExternalWrite = connection.IsChangedElsewhere();
    }

    /// <summary>Whether another connection, nearly always another process's, wrote since this one's last transaction.</summary>
    public bool FollowsExternalWrite { get; }

    /// <summary>Completes once everything is on the disk; faults if nothing was written.</summary>
    public Task Completion => completion.Task;

    /// <summary>Whether another transaction may join.</summary>
    public bool IsOpen => !IsBroken && enlisted < MaxEnlisted && Stopwatch.GetElapsedTime(began) < longest;

    /// <summary>Whether SQLite rolled the transaction back, as it does by itself on a full disk and similar errors.</summary>
    public bool IsBroken => mustRollBack || !connection.IsInTransaction;

    /// <summary>Enlists a context in the transaction until the result is disposed; null if it cannot enlist.</summary>
    public IDisposable? Enlist(DbContext db)
    {
        var own = db.Database.GetConnectionString();
        try
        {
            db.Database.SetDbConnection(connection);
        }
        catch (InvalidOperationException)
        {
            // EF Core, through which all code here opens connections, counts it as open: a read is active.
            return null;
        }

        enlisted++;
        var enlistment = new Enlistment(this, db, own);
        try
        {
            db.Database.UseTransaction(transaction);
            return enlistment;
        }
        catch
        {
            enlistment.Dispose();
            throw;
        }
    }

    public void BeginSavepoint()
    {
        EnsureAlive();
        connection.Statements.Execute("SAVEPOINT unit");
    }

    public void ReleaseSavepoint() => connection.Statements.Execute("RELEASE unit");

    /// <summary>
    /// Rolls back the writes since the savepoint. Writes that cannot be rolled back must not be committed with those of others.
    /// </summary>
    public void RollBackSavepoint()
    {
        mustRollBack = true;
        if (connection.IsInTransaction)
        {
            connection.Statements.Execute("ROLLBACK TO unit");
            connection.Statements.Execute("RELEASE unit");
            mustRollBack = false;
        }
    }

    /// <summary>Commits to the disk, or fails the waiters.</summary>
    public void Close()
    {
        try
        {
            EnsureAlive();
            transaction.Commit();
        }
        catch (Exception e)
        {
            keep = false;
            completion.SetException(e);

            // The waiters get the exception; without waiters nothing was lost.
            _ = completion.Task.Exception;
        }

        try
        {
            Release();
        }
        finally
        {
            // The commit decides, whatever happens to the connection.
            completion.TrySetResult();
        }
    }

    private void Release()
    {
        try
        {
            transaction.Dispose();
        }
        catch (SqliteException)
        {
            // Neither commit nor rollback succeeded: closing the connection rolls back.
            keep = false;
        }

        onEnd(keep);
    }

    // Otherwise a savepoint would begin its own transaction.
    private void EnsureAlive()
    {
        if (IsBroken)
        {
            throw new SqliteException("SQLite rolled the transaction back.", Aborted);
        }
    }

    private sealed class Enlistment(SharedTransaction shared, DbContext db, string? own) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                db.Database.UseTransaction(null);
                db.Database.SetDbConnection(null, contextOwnsConnection: true);
                db.Database.SetConnectionString(own);
            }
            catch (InvalidOperationException)
            {
                // Do not hide the original error. A context that cannot be detached from the connection must not share it with the next
                // one.
                shared.keep = false;
            }
        }
    }
}
