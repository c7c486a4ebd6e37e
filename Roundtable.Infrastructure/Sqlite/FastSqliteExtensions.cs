using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Infrastructure.Sqlite.ChangeTracking;

namespace Roundtable.Infrastructure.Sqlite;

internal static class FastSqliteExtensions
{
    /// <summary>Makes contexts use the engine's file; what they save in its transactions is written by prepared statements.</summary>
    public static DbContextOptionsBuilder UseFastSqlite(this DbContextOptionsBuilder options, FastSqlite engine) =>
        options.UseSqlite(engine.ConnectionString).ReplaceService<IDatabase, PreparedSaves>();
}
