using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<WebhookEndpoint>, IEntityTypeConfiguration<WebhookDelivery>
{
    private const int ProtectedMaxLength = 1000;

    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.Property(e => e.Id).IsId();
        builder.Property(e => e.Url).HasMaxLength(WebhookEndpoint.UrlMaxLength);
        builder.Property(e => e.Description).HasMaxLength(WebhookEndpoint.DescriptionMaxLength);
        builder.Property(e => e.EventList).HasMaxLength(WebhookEndpoint.EventsMaxLength).IsUnicode(false);
        builder.Property(e => e.ProtectedSecret).HasMaxLength(ProtectedMaxLength).IsUnicode(false);
        builder.Property(e => e.PreviousProtectedSecret).HasMaxLength(ProtectedMaxLength).IsUnicode(false);
        builder.Property(e => e.CreatedById).IsId();
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.HasOne(e => e.CreatedBy).WithMany().HasForeignKey(e => e.CreatedById).OnDelete(DeleteBehavior.SetNull);
        builder.Ignore(e => e.Events);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.Property(d => d.Id).IsId();
        builder.Property(d => d.EndpointId).IsId();
        builder.Property(d => d.EventId).IsId();
        builder.Property(d => d.EventType).HasMaxLength(WebhookDelivery.EventTypeMaxLength).IsUnicode(false);
        builder.Property(d => d.ProtectedContent).IsUnicode(false);
        builder.Property(d => d.LastError).HasMaxLength(OutboxMessage.LastErrorMaxLength);
        builder.Property(d => d.LeaseOwner).IsId();

        // Pending and in-progress messages are few compared with a month of sent ones.
        builder.HasIndex(d => new { d.NextAttemptAtUtc, d.Id }).HasFilter($"Status = '{nameof(OutboxStatus.Pending)}'");
        builder.HasIndex(d => d.LeasedUntilUtc).HasFilter($"Status = '{nameof(OutboxStatus.Sending)}'");
        builder.HasIndex(d => new { d.Status, d.Id });
        builder.HasIndex(d => new { d.EndpointId, d.Id });
        builder.HasIndex(d => new
        {
            d.EndpointId,
            d.Status,
            d.Id,
        });
    }
}
