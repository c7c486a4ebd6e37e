using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence.SqlServer.Search;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

public sealed class SqlServerRoundtableDbContext(DbContextOptions<SqlServerRoundtableDbContext> options) : RoundtableDbContext(options)
{
    protected override string BinaryCollation => "Latin1_General_100_BIN2";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        SearchTables.Add(builder);
        base.OnModelCreating(builder);
    }
}
