using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>
/// The only connection on which this process writes. SQLite allows one writer anyway; a connection that stays open keeps its prepared
/// statements and its page cache, which a write on any other connection would invalidate.
/// </summary>
internal sealed class WriterConnection : IDisposable
{
    private readonly DatabaseFile file;
    private readonly Lock sync = new();
    private PreparedConnection? idle;
    private int generation;

    public WriterConnection(DatabaseFile file)
    {
        this.file = file;
        file.Invalidated += CloseIdle;
    }

    /// <summary>Begins a shared transaction for the caller, who must hold the slot (<see cref="WriteQueue"/>).</summary>
    /// <param name="longest">How long others may join.</param>
    public SharedTransaction Begin(TimeSpan longest)
    {
        file.EnsureExists();
        PreparedConnection? known;
        int since;
        lock (sync)
        {
            since = generation;
            (known, idle) = (idle, null);
        }

        // Keeps the savepoints' rollback data in memory: in a file it is most of what a transaction writes.
        var connection = known ?? PreparedConnection.Open(file.ConnectionString, "PRAGMA temp_store = MEMORY");
        try
        {
            return new SharedTransaction(connection, longest, keep => OnTransactionEnded(connection, since, keep));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        file.Invalidated -= CloseIdle;
        CloseIdle();
    }

    private void CloseIdle()
    {
        lock (sync)
        {
            generation++;
            idle?.Dispose();
            idle = null;
        }
    }

    private void OnTransactionEnded(PreparedConnection connection, int since, bool keep)
    {
        lock (sync)
        {
            // A disk that refused writes when the file was opened may accept them the next time.
            if (keep && since == generation && !connection.IsReadOnly)
            {
                idle = connection;
                return;
            }
        }

        connection.Dispose();
    }
}
