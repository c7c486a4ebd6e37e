using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Widgets;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class WidgetConfiguration : IEntityTypeConfiguration<Widget>
{
    public void Configure(EntityTypeBuilder<Widget> builder)
    {
        builder.ToTable("Widgets");
        builder.Property(e => e.Id).IsId();
        builder.Property(e => e.OwnerId).IsId();
        builder.Property(e => e.Name).HasMaxLength(Widget.NameMaxLength);
        builder.Property(e => e.NormalizedName).HasMaxLength(Widget.NameMaxLength).IsBinary();
        builder.Property(e => e.Description).HasMaxLength(Widget.DescriptionMaxLength);
        builder.Property(e => e.Version).IsConcurrencyToken();

        builder.HasOne<Domain.Users.User>().WithMany().HasForeignKey(e => e.OwnerId).OnDelete(DeleteBehavior.Cascade);

        // One index per sort order, for one owner and for all; for all by time, the primary key serves.
        builder.HasIndex(e => new { e.OwnerId, e.Id });
        builder.HasIndex(e => new
        {
            e.OwnerId,
            e.NormalizedName,
            e.Id,
        });
        builder.HasIndex(e => new { e.NormalizedName, e.Id });
    }
}
