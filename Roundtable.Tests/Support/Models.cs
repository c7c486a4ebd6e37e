using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.SqlServer;

namespace Roundtable.Tests.Support;

/// <summary>Contexts for inspecting the model, without a database.</summary>
internal static class Models
{
    public static RoundtableDbContext Sqlite() =>
        new SqliteRoundtableDbContext(new DbContextOptionsBuilder<SqliteRoundtableDbContext>().UseSqlite("Data Source=nowhere.db").Options);

    public static RoundtableDbContext SqlServer() =>
        new SqlServerRoundtableDbContext(
            new DbContextOptionsBuilder<SqlServerRoundtableDbContext>().UseSqlServer("Server=nowhere").Options
        );
}
