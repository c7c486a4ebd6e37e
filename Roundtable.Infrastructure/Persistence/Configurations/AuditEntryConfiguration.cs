using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Audit;
using Roundtable.Domain.ServiceAccounts;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(e => e.Id).IsId();
        builder.Property(e => e.Action).HasMaxLength(AuditEntry.ActionMaxLength).IsUnicode(false).IsBinary();
        builder.Property(e => e.ActorId).IsId();
        builder.Property(e => e.ActorEmail).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(e => e.ActorName).HasMaxLength(ServiceAccount.NameMaxLength);
        builder.Property(e => e.ApiKeyId).IsId();
        builder.Property(e => e.OnBehalfOfId).IsId();
        builder.Property(e => e.OnBehalfOfEmail).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(e => e.TargetType).HasMaxLength(AuditEntry.TargetTypeMaxLength).IsUnicode(false);
        builder.Property(e => e.TargetId).HasMaxLength(AuditEntry.TargetIdMaxLength).IsUnicode(false).IsBinary();
        builder.Property(e => e.SubjectId).IsId();
        builder.Property(e => e.IpAddress).HasMaxLength(Session.IpAddressMaxLength).IsUnicode(false);
        builder.Property(e => e.UserAgent).HasMaxLength(Session.UserAgentMaxLength);
        builder.Property(e => e.RequestId).HasMaxLength(AuditEntry.RequestIdMaxLength).IsUnicode(false);
        builder.Property(e => e.Details).HasMaxLength(AuditEntry.DetailsMaxLength);

        builder.Property(e => e.PreviousHash).IsHash();
        builder.Property(e => e.Hash).IsHash();

        builder.HasIndex(e => new { e.Day, e.Sequence }).IsUnique();
        builder.HasIndex(e => new { e.ActorId, e.Id });
        builder.HasIndex(e => new { e.OnBehalfOfId, e.Id }).HasFilter("OnBehalfOfId IS NOT NULL");
        builder.HasIndex(e => new { e.SubjectId, e.Id });
        builder.HasIndex(e => new { e.TargetId, e.Id });
        builder.HasIndex(e => new { e.Action, e.Id });
    }
}
