using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

/// <summary>Queries SQL Server about itself.</summary>
internal static class SqlServerInspection
{
    public static async Task<DateTime> TimeAsync(RoundtableDbContext db, CancellationToken ct) =>
        DateTime.SpecifyKind(
            (await db.Database.SqlQuery<DateTime>($"SELECT SYSUTCDATETIME() AS Value").ToListAsync(ct))[0],
            DateTimeKind.Utc
        );

    /// <summary>
    /// Whether a reader gets a row's last committed version instead of waiting for a writer, as far as the login may know.
    /// </summary>
    public static async Task<bool> ReadsSnapshotsAsync(RoundtableDbContext db, CancellationToken ct) =>
        (
            await db
                .Database.SqlQuery<bool>($"SELECT is_read_committed_snapshot_on AS Value FROM sys.databases WHERE name = DB_NAME()")
                .ToListAsync(ct)
        )
            is not [false];
}
