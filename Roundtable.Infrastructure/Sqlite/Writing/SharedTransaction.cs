using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>
/// SQLite's transaction beneath a group of queued ones, which it commits together: the wait for the disk takes as long as what several of
/// them do. Each is a savepoint, so that one which fails takes back its own only. For one caller at a time.
/// </summary>
internal sealed class SharedTransaction
{
    private const int MaxEnlisted = 64;
    private const int Aborted = 4;

    private readonly PreparedConnection connection;
    private readonly TimeSpan longest;
    private readonly Action<bool> takeBack;
    private readonly SqliteTransaction transaction;
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int enlisted;
    private bool keep = true;
    private bool doomed;

    /// <param name="longest">How long others may join.</param>
    /// <param name="takeBack">Gets the connection in the end, and whether it may be used again.</param>
    public SharedTransaction(PreparedConnection connection, TimeSpan longest, Action<bool> takeBack)
    {
        this.connection = connection;
        this.longest = longest;
        this.takeBack = takeBack;
        transaction = connection.BeginTransaction();
        FollowsAnother = connection.HasOthersChanges();
    }

    /// <summary>Whether somebody else wrote since the connection's last transaction, which nearly always is another process.</summary>
    public bool FollowsAnother { get; }

    /// <summary>Ends once everything is on the disk; fails when nothing of it got there.</summary>
    public Task Settled => settled.Task;

    /// <summary>Whether another one may join.</summary>
    public bool IsOpen => !IsBroken && enlisted < MaxEnlisted && Stopwatch.GetElapsedTime(began) < longest;

    /// <summary>Whether SQLite gave the transaction up, as it does by itself on a disk that is full, and the like.</summary>
    public bool IsBroken => doomed || !connection.IsInTransaction;

    /// <summary>Has a context work in the transaction until what is returned is disposed; null where it cannot.</summary>
    public IDisposable? Enlist(DbContext db)
    {
        var own = db.Database.GetConnectionString();
        try
        {
            db.Database.SetDbConnection(connection);
        }
        catch (InvalidOperationException)
        {
            // Open, by EF Core's count, through which everybody here opens connections: somebody reads on it.
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
    /// Takes back what was written since the savepoint. Whatever cannot be taken back must not be committed with what others wrote.
    /// </summary>
    public void RollBackSavepoint()
    {
        doomed = true;
        if (connection.IsInTransaction)
        {
            connection.Statements.Execute("ROLLBACK TO unit");
            connection.Statements.Execute("RELEASE unit");
            doomed = false;
        }
    }

    /// <summary>Brings it to the disk, or tells those who wait that it did not get there.</summary>
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
            settled.SetException(e);

            // Told to whoever waits; where nobody does, nothing was lost.
            _ = settled.Task.Exception;
        }

        try
        {
            Release();
        }
        finally
        {
            // Decided with the commit, whatever becomes of the connection.
            settled.TrySetResult();
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
            // What could not be committed could not be rolled back either: closing the connection does.
            keep = false;
        }

        takeBack(keep);
    }

    // A savepoint would begin a transaction of its own then.
    private void EnsureAlive()
    {
        if (IsBroken)
        {
            throw new SqliteException("The database gave the transaction up.", Aborted);
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
                // Hides no error that led here. A context that cannot be parted from the connection must not share it with the next one.
                shared.keep = false;
            }
        }
    }
}
