using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// One transaction for the units of work that follow each other without a gap: the wait for the disk, which takes as long as what several of them do, is
/// theirs together. Each is a savepoint, so that one which fails takes back its own only. For one caller at a time.
/// </summary>
internal sealed class SqliteWriteGroup
{
    private const int MaxUnits = 64;
    private const int Aborted = 4;

    private readonly PreparedSqliteConnection connection;
    private readonly TimeSpan longest;
    private readonly Action<bool> takeBack;
    private readonly SqliteTransaction transaction;
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int units;
    private bool keep = true;
    private bool doomed;

    /// <param name="longest">How long units may join.</param>
    /// <param name="takeBack">Gets the connection in the end, and whether it may be used again.</param>
    public SqliteWriteGroup(PreparedSqliteConnection connection, TimeSpan longest, Action<bool> takeBack)
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

    /// <summary>Whether another unit may join.</summary>
    public bool IsOpen => !doomed && units < MaxUnits && Stopwatch.GetElapsedTime(began) < longest;

    /// <summary>Has a context work in the transaction until what is returned is disposed; null where it cannot.</summary>
    public IDisposable? Lend(RoundtableDbContext db)
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

        units++;
        var loan = new Loan(this, db, own);
        try
        {
            db.Database.UseTransaction(transaction);
            return loan;
        }
        catch
        {
            loan.Dispose();
            throw;
        }
    }

    public IWriteAttempt Attempt()
    {
        EnsureAlive();
        return new Savepoint(this);
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

    private void Run(string sql) => connection.Execute(sql);

    // On a disk that is full, and the like, SQLite takes everything back by itself; a savepoint would begin a transaction then.
    private void EnsureAlive()
    {
        if (doomed || !connection.IsInTransaction)
        {
            throw new SqliteException("The database gave the transaction up.", Aborted);
        }
    }

    private sealed class Loan(SqliteWriteGroup group, RoundtableDbContext db, string? own) : IDisposable
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
                group.keep = false;
            }
        }
    }

    private sealed class Savepoint : IWriteAttempt
    {
        private readonly SqliteWriteGroup group;
        private bool committed;

        public Savepoint(SqliteWriteGroup group)
        {
            this.group = group;
            group.Run("SAVEPOINT unit");
        }

        public Task CommitAsync(CancellationToken ct)
        {
            group.Run("RELEASE unit");
            committed = true;
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            if (!committed)
            {
                TakeBack();
            }

            return ValueTask.CompletedTask;
        }

        // Whatever cannot be taken back must not be committed with what others wrote.
        private void TakeBack()
        {
            group.doomed = true;
            if (group.connection.IsInTransaction)
            {
                group.Run("ROLLBACK TO unit");
                group.Run("RELEASE unit");
                group.doomed = false;
            }
        }
    }
}
