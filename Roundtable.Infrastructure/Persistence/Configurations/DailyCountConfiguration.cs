using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Statistics;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class DailyCountConfiguration : IEntityTypeConfiguration<DailyCount>
{
    public void Configure(EntityTypeBuilder<DailyCount> builder)
    {
        builder.HasKey(c => new { c.Day, c.Metric });
        builder.Property(c => c.Metric).IsBinary();
    }
}

internal sealed class AuditChainConfiguration : IEntityTypeConfiguration<AuditChain>
{
    public void Configure(EntityTypeBuilder<AuditChain> builder)
    {
        builder.HasKey(c => c.Day);
        builder.Property(c => c.Day).ValueGeneratedNever();
        builder.Property(c => c.LastSequence).IsConcurrencyToken();
        builder.Property(c => c.LastHash).IsHash();
    }
}
