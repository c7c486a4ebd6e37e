using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>Queries SQLite about its file.</summary>
internal static class SqliteInspection
{
    /// <summary>Damage that SQLite finds in the file; empty if there is none. Reads the whole file.</summary>
    public static async Task<IReadOnlyList<string>> FindDamageAsync(RoundtableDbContext db, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<string>($"SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync(ct);
        return found is ["ok"] ? [] : found;
    }
}
