using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.SqlServer;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>Lets <c>dotnet ef</c> create migrations without the application's configuration.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteRoundtableDbContext>
{
    public SqliteRoundtableDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteRoundtableDbContext>().UseSqlite("Data Source=design-time.db").Options);
}

/// <inheritdoc cref="SqliteDesignTime"/>
internal sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerRoundtableDbContext>
{
    public SqlServerRoundtableDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerRoundtableDbContext>().UseSqlServer("Server=design-time").Options);
}
