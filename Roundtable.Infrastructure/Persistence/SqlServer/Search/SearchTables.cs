using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>
/// The tables of the search index, for databases without a trigram index of their own. All rows are deleted with their user, by foreign
/// key.
/// </summary>
internal static class SearchTables
{
    /// <summary>Call it before the model's columns get their collation.</summary>
    public static void Add(ModelBuilder model)
    {
        model.Entity<SearchedUser>(builder =>
        {
            builder.ToTable("SearchedUsers").HasKey(s => s.RowKey);
            builder.Property(s => s.UserId).IsId();
            builder.Property(s => s.Text).HasMaxLength(EmailAddress.MaxLength + 1 + User.NameMaxUnits).IsBinary();
            builder.HasIndex(s => s.UserId).IsUnique();
            builder.HasOne<User>().WithOne().HasForeignKey<SearchedUser>(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(s => s.Trigrams).WithOne().HasForeignKey(g => g.RowKey).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<SearchTrigram>(builder =>
        {
            // The key is the index that searches use; the other one finds a user's trigrams.
            builder.ToTable("SearchGrams").HasKey(g => new { g.Gram, g.RowKey });
            builder.HasIndex(g => g.RowKey);
        });
        model.Entity<SearchChange>(builder =>
        {
            builder.ToTable("SearchNotes").HasKey(n => n.Number);
            builder.Property(n => n.UserId).IsId();
            builder.HasIndex(n => n.UserId);
            builder.HasOne<User>().WithMany().HasForeignKey(n => n.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<SearchIndexLock>(builder =>
        {
            builder.ToTable("SearchTurns").HasKey(t => t.Number);
            builder.Property(t => t.Number).ValueGeneratedNever();
            builder.HasData(new { Number = 1, Taken = 0L });
        });
    }
}
