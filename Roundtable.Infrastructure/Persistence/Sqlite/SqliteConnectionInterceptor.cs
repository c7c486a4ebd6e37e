using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Roundtable.Infrastructure.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Applies SQLite's connection settings, and detects a database file that was removed or could only be opened read-only: pooled
/// connections would continue with the unlinked file, where all writes would be lost, or refuse writes permanently.
/// </summary>
internal sealed class SqliteConnectionInterceptor(string path, FastSqlite? engine) : DbConnectionInterceptor
{
    private const int CannotOpen = 14;
    private const int BusyTimeoutMilliseconds = 5000;

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        EnsureFile(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        EnsureFile(connection);
        return ValueTask.FromResult(result);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Prepare(connection);
        return Task.CompletedTask;
    }

    private void EnsureFile(DbConnection connection)
    {
        if (!File.Exists(path))
        {
            SqliteConnection.ClearPool((SqliteConnection)connection);
            engine?.Invalidate();
            throw new SqliteException("The database file is missing.", CannotOpen);
        }
    }

    private void Prepare(DbConnection connection)
    {
        SetBusyTimeout(connection);
        if (IsReadOnly((SqliteConnection)connection))
        {
            // It may be used, but not reused: the disk may be writable the next time.
            SqliteConnection.ClearPool((SqliteConnection)connection);
            engine?.Invalidate();
        }
    }

    /// <summary>Whether SQLite had to open the file read-only, as it does by itself on a disk that refuses writes.</summary>
    private static bool IsReadOnly(SqliteConnection connection) => SQLitePCL.raw.sqlite3_db_readonly(connection.Handle!, "main") == 1;

    // SQLite's own handler backs off in steps of milliseconds; the provider's retry loop sleeps 150 ms at a time.
    private static void SetBusyTimeout(DbConnection connection) =>
        _ = SQLitePCL.raw.sqlite3_busy_timeout(((SqliteConnection)connection).Handle!, BusyTimeoutMilliseconds);
}
