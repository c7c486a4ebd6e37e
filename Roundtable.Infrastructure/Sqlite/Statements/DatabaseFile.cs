using Microsoft.Data.Sqlite;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>
/// Detects that the file was removed: open connections would continue with the unlinked file, and everything written to it would be lost.
/// </summary>
internal sealed class DatabaseFile
{
    private const int CannotOpen = 14;

    // A request reads several times, and each check of the file system costs as much as reading a row. A transaction checks each time.
    private const int TrustedForMilliseconds = 20;

    private readonly string pooled;
    private long seenAt;

    public DatabaseFile(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        Path = builder.DataSource;
        pooled = connectionString;
        ConnectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
    }

    public string Path { get; }

    /// <summary>Without pooling: for the engine's own connections, which stay open.</summary>
    public string ConnectionString { get; }

    /// <summary>Raised when open connections must not be reused.</summary>
    public event Action? Invalidated;

    public void Invalidate() => Invalidated?.Invoke();

    public void EnsureExistedRecently()
    {
        var now = Environment.TickCount64;
        if (now - Volatile.Read(ref seenAt) > TrustedForMilliseconds)
        {
            EnsureExists();
            Volatile.Write(ref seenAt, now);
        }
    }

    /// <exception cref="SqliteException">The file is missing.</exception>
    public void EnsureExists()
    {
        if (!File.Exists(Path))
        {
            Invalidate();
            using var connection = new SqliteConnection(pooled);
            SqliteConnection.ClearPool(connection);
            throw new SqliteException("The database file is missing.", CannotOpen);
        }
    }
}
