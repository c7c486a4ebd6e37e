using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Email;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Stands in for the database context until that is there; then this file and the link to OutboxStore.cs in the project go.</summary>
public sealed class RoundtableDbContext(DbContextOptions<RoundtableDbContext> options) : DbContext(options)
{
    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<OutboxMail>().Property(m => m.Status).HasConversion<string>();
}
