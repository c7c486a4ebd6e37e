using Microsoft.Data.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The one connection on which this process writes. SQLite takes one writer anyway; one that stays keeps its statements prepared, and its
/// pages, which every write on another connection makes it forget.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly string connectionString;
    private readonly SqlitePreparedReads reads;
    private readonly Lock sync = new();
    private PreparedSqliteConnection? idle;
    private int generation;

    /// <param name="reads">Notices too when the file was taken away, and is mostly the first to.</param>
    public SqliteWriter(string connectionString, SqlitePreparedReads reads)
    {
        this.connectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        this.reads = reads;
        reads.Forgotten += Forget;
    }

    /// <summary>How long units of work may join a transaction: the first one waits for the last, no longer than a disk may take.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Begins a transaction on it, for the caller, who has the turn (<see cref="SqliteWriteGate"/>).</summary>
    public SqliteWriteGroup Begin()
    {
        reads.EnsureFile();
        PreparedSqliteConnection? known;
        int since;
        lock (sync)
        {
            since = generation;
            (known, idle) = (idle, null);
        }

        var connection = known ?? Open();
        try
        {
            return new SqliteWriteGroup(connection, Longest, keep => TakeBack(connection, since, keep));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        reads.Forgotten -= Forget;
        Forget();
    }

    private void Forget()
    {
        lock (sync)
        {
            generation++;
            idle?.Dispose();
            idle = null;
        }
    }

    private void TakeBack(PreparedSqliteConnection connection, int since, bool keep)
    {
        lock (sync)
        {
            // A disk that took no writes when it was opened may take them the next time.
            if (keep && since == generation && !SqliteConnectionInterceptor.IsReadOnly(connection))
            {
                idle = connection;
                return;
            }
        }

        connection.Dispose();
    }

    private PreparedSqliteConnection Open()
    {
        var opened = new PreparedSqliteConnection(connectionString);
        try
        {
            opened.Open();
            SqliteConnectionInterceptor.SetBusyTimeout(opened);

            // What a savepoint would take back is kept in memory: in a file it is most of what a write writes.
            opened.Execute("PRAGMA temp_store = MEMORY");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
