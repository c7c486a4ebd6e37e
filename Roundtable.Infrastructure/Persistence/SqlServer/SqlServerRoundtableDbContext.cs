using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence.SqlServer.Search;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

public sealed class SqlServerRoundtableDbContext(DbContextOptions<SqlServerRoundtableDbContext> options) : RoundtableDbContext(options)
{
    /// <summary>Of everything that is compared byte by byte.</summary>
    internal const string Collation = "Latin1_General_100_BIN2";

    protected override string BinaryCollation => Collation;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        SearchTables.Add(builder);
        base.OnModelCreating(builder);
    }
}
