using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.Property(s => s.Id).IsId();
        builder.Property(s => s.UserId).IsId();
        builder.Property(s => s.KeyHash).IsHash();
        builder.Property(s => s.IpAddress).HasMaxLength(Session.IpAddressMaxLength).IsUnicode(false);
        builder.Property(s => s.UserAgent).HasMaxLength(Session.UserAgentMaxLength);
        builder.Property(s => s.Provider).HasMaxLength(UserLogin.ProviderMaxLength);
        builder.Property(s => s.ImpersonatorSessionId).IsId();
        builder.Property(s => s.ImpersonatorId).IsId();
        builder.Property(s => s.ImpersonationReason).HasMaxLength(User.BanReasonMaxLength);

        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(s => s.KeyHash).IsUnique();
        builder.HasIndex(s => new
        {
            s.UserId,
            s.EndedAtUtc,
            s.LastSeenAtUtc,
        });
        builder.HasIndex(s => s.ImpersonatorSessionId).HasFilter("ImpersonatorSessionId IS NOT NULL");
        builder.HasIndex(s => s.ImpersonatorId).HasFilter("ImpersonatorId IS NOT NULL");
        // For counts and cleanup: each session is in one of these two indexes.
        builder.HasIndex(s => s.ExpiresAtUtc).HasFilter("EndedAtUtc IS NULL");
        builder.HasIndex(s => s.EndedAtUtc).HasFilter("EndedAtUtc IS NOT NULL");
    }
}
