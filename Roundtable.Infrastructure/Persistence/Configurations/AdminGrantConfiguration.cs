using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class AdminGrantConfiguration : IEntityTypeConfiguration<AdminGrant>
{
    public void Configure(EntityTypeBuilder<AdminGrant> builder)
    {
        builder.HasKey(g => g.EmailHash);
        builder.Property(g => g.EmailHash).IsHash();
    }
}
