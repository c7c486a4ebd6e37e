using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.SqlServer.Search;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

public sealed class SqlServerRoundtableDbContext(DbContextOptions<SqlServerRoundtableDbContext> options) : RoundtableDbContext(options)
{
    /// <summary>For columns that are compared byte by byte.</summary>
    internal const string Collation = "Latin1_General_100_BIN2";

    protected override string BinaryCollation => Collation;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        SearchTables.Add(builder);
        base.OnModelCreating(builder);

        // SQLite has no included columns: there they are part of the key.
        var users = builder.Entity<User>();
        users.Metadata.RemoveIndex(users.Metadata.GetIndexes().Single(i => i.Properties[0].Name == nameof(User.NormalizedName)));
        users
            .HasIndex(u => new { u.NormalizedName, u.Id })
            .IncludeProperties(u => new
            {
                u.NormalizedEmail,
                u.EmailVerified,
                u.BannedUntilUtc,
            });
    }
}
