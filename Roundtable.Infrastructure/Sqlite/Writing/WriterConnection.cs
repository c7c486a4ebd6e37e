using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>
/// The one connection on which this process writes. SQLite takes one writer anyway; one that stays keeps its statements prepared, and its
/// pages, which every write on another connection makes it forget.
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
        file.Forgotten += Forget;
    }

    /// <summary>Begins a shared transaction on it, for the caller, whose turn it is (<see cref="WriteQueue"/>).</summary>
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

        // What a savepoint would take back is kept in memory: in a file it is most of what a write writes.
        var connection = known ?? PreparedConnection.Open(file.ConnectionString, "PRAGMA temp_store = MEMORY");
        try
        {
            return new SharedTransaction(connection, longest, keep => TakeBack(connection, since, keep));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        file.Forgotten -= Forget;
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

    private void TakeBack(PreparedConnection connection, int since, bool keep)
    {
        lock (sync)
        {
            // A disk that took no writes when it was opened may take them the next time.
            if (keep && since == generation && !connection.IsReadOnly)
            {
                idle = connection;
                return;
            }
        }

        connection.Dispose();
    }
}
