using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>A read-only connection, without the mutex that the provider's connections take for each column. Not thread-safe.</summary>
internal sealed class ReaderConnection : IDisposable
{
    private readonly sqlite3 database;

    public ReaderConnection(string path)
    {
        var code = raw.sqlite3_open_v2(path, out database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        try
        {
            SqliteException.ThrowExceptionForRC(code, database);
            PreparedConnection.Prepare(database, "PRAGMA query_only = ON");
            Statements = new PreparedStatements(database, path);
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    public PreparedStatements Statements { get; }

    /// <inheritdoc cref="PreparedConnection.IsReadOnly"/>
    public bool IsReadOnly => raw.sqlite3_db_readonly(database, "main") == 1;

    public void Dispose()
    {
        Statements.Dispose();
        database.Dispose();
    }
}
