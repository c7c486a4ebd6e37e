using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class OutboxMailConfiguration : IEntityTypeConfiguration<OutboxMail>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.Property(m => m.Id).IsId();
        builder.Property(m => m.UserId).IsId();
        builder.Property(m => m.ToMasked).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(m => m.Template).HasMaxLength(OutboxMail.TemplateMaxLength).IsUnicode(false);
        builder.Property(m => m.ProtectedContent).IsUnicode(false);
        builder.Property(m => m.LastError).HasMaxLength(OutboxMessage.LastErrorMaxLength);
        builder.Property(m => m.LeaseOwner).IsId();

        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);

        // Pending and in-progress messages are few compared with a month of sent ones.
        builder.HasIndex(m => new { m.NextAttemptAtUtc, m.Id }).HasFilter($"Status = '{nameof(OutboxStatus.Pending)}'");
        builder.HasIndex(m => m.LeasedUntilUtc).HasFilter($"Status = '{nameof(OutboxStatus.Sending)}'");
        builder.HasIndex(m => new { m.Status, m.Id });
        builder.HasIndex(m => new { m.UserId, m.Id });
    }
}
