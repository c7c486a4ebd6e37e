using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Lets one process at a time migrate an SQLite file. EF Core's own lock is a row, which outlives a killed process and then blocks all
/// others permanently (see dotnet/efcore#38958); the operating system releases this one by itself. On SQL Server EF Core's lock belongs
/// to the connection and needs no help.
/// </summary>
internal static class SqliteMigrationLock
{
    // EAGAIN on Linux and macOS, a sharing violation on Windows.
    private static readonly int[] AlreadyLocked = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the lock. The file beside the database stays: removing it could give two processes a lock each.</summary>
    /// <exception cref="TimeoutException">Another process has been migrating for ten minutes.</exception>
    public static async Task<IDisposable> AcquireAsync(string databaseFile, TimeProvider time, CancellationToken ct)
    {
        var path = $"{databaseFile}-migrate";
        for (var started = time.GetTimestamp(); ; await Task.Delay(Retry, ct))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (AlreadyLocked.Contains(e.HResult))
            {
                if (time.GetElapsedTime(started) > Patience)
                {
                    throw new TimeoutException($"another process has been migrating it for more than {Patience.TotalMinutes:0} minutes", e);
                }
            }
        }
    }

    /// <summary>Removes EF Core's lock. The caller must hold ours: the process that set EF Core's is dead.</summary>
    public static async Task BreakLeftBehindAsync(RoundtableDbContext db, CancellationToken ct)
    {
        if (
            await db
                .Database.SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'")
                .SingleAsync(ct) > 0
        )
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", ct);
        }
    }
}
