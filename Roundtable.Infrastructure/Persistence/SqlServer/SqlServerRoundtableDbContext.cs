using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

public sealed class SqlServerRoundtableDbContext(DbContextOptions<SqlServerRoundtableDbContext> options) : RoundtableDbContext(options)
{
    protected override string BinaryCollation => "Latin1_General_100_BIN2";
}
