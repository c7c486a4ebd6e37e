using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Lets one process at a time migrate an SQLite file. EF Core's own lock is a row, which outlives a process that is killed and then
/// holds everybody up for good (see dotnet/efcore#38958); the operating system takes this one back by itself. On SQL Server EF Core's lock
/// belongs to the connection and needs no help.
/// </summary>
internal static class SqliteMigrationLock
{
    // EAGAIN on Linux and macOS, a sharing violation on Windows.
    private static readonly int[] TakenBySomebody = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for its turn. The file beside the database stays: removing it could hand two processes a lock each.</summary>
    /// <exception cref="TimeoutException">Another process has been at it for ten minutes.</exception>
    public static async Task<IDisposable> EnterAsync(string databaseFile, TimeProvider time, CancellationToken ct)
    {
        var path = $"{databaseFile}-migrate";
        for (var started = time.GetTimestamp(); ; await Task.Delay(Retry, ct))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (TakenBySomebody.Contains(e.HResult))
            {
                if (time.GetElapsedTime(started) > Patience)
                {
                    throw new TimeoutException($"another process has been migrating it for more than {Patience.TotalMinutes:0} minutes", e);
                }
            }
        }
    }

    /// <summary>Removes EF Core's lock. To be called by who holds ours: whoever set it is dead.</summary>
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
