using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Tests.Support;

/// <summary>
/// An empty SQLite database with all migrations applied, created once for all applications: copying takes a millisecond, migrating most
/// of a second.
/// </summary>
internal static class MigratedFile
{
    private static readonly Lazy<byte[]> Content = new(Migrate);

    public static void CopyTo(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, Content.Value);
    }

    private static byte[] Migrate()
    {
        using var folder = new TempFolder();
        var file = folder.PathOf("migrated.db");
        using (
            var db = new SqliteRoundtableDbContext(
                new DbContextOptionsBuilder<SqliteRoundtableDbContext>().UseSqlite($"Data Source={file};Pooling=false").Options
            )
        )
        {
            db.Database.OpenConnection();
            db.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
            db.Database.Migrate();
        }

        return File.ReadAllBytes(file);
    }
}
