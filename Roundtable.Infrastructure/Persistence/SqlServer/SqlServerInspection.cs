using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

/// <summary>What SQL Server tells about itself.</summary>
internal static class SqlServerInspection
{
    public static async Task<DateTime> TimeAsync(RoundtableDbContext db, CancellationToken ct) =>
        DateTime.SpecifyKind((await db.Database.SqlQuery<DateTime>($"SELECT SYSUTCDATETIME() AS Value").ToListAsync(ct))[0], DateTimeKind.Utc);
}
