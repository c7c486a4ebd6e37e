using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Throttling;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class ThrottleConfiguration : IEntityTypeConfiguration<Throttle>
{
    public void Configure(EntityTypeBuilder<Throttle> builder)
    {
        builder.HasKey(t => t.Key);
        builder.Property(t => t.Key).HasMaxLength(Throttle.KeyMaxLength).IsUnicode(false).IsBinary();
        builder.Property(t => t.Subject).IsHash();
        builder.Property(t => t.Hits).HasMaxLength(4000).IsUnicode(false);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasIndex(t => t.Subject);
        builder.HasIndex(t => t.ExpiresAtUtc);
    }
}
