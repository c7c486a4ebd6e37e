using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class OneTimeTokenConfiguration : IEntityTypeConfiguration<OneTimeToken>
{
    public void Configure(EntityTypeBuilder<OneTimeToken> builder)
    {
        builder.Property(t => t.Id).IsId();
        builder.Property(t => t.SecretHash).IsHash();
        builder.Property(t => t.UserId).IsId();
        builder.Property(t => t.SessionId).IsId();
        builder.Property(t => t.Subject).HasMaxLength(EmailAddress.MaxLength).IsBinary();
        builder.Property(t => t.Payload).HasMaxLength(OneTimeToken.PayloadMaxLength);

        builder.Property(t => t.AskedBy).IsId();
        builder.Property(t => t.BrowserHash).IsHash();
        builder.Property(t => t.CodeHash).IsHash();
        builder.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(t => t.SecretHash).IsUnique();
        builder.HasIndex(t => t.BrowserHash).IsUnique();
        builder.HasIndex(t => new
        {
            t.Subject,
            t.Purpose,
            t.Id,
        });
        builder.HasIndex(t => t.UserId);
        builder.HasIndex(t => t.ExpiresAtUtc);
        // Only the few tokens of trusted browsers, for signing out many users at once.
        builder
            .HasIndex(t => t.UserId, "IX_OneTimeTokens_TrustedBrowsers")
            .HasFilter($"Purpose = '{nameof(TokenPurpose.TrustedBrowser)}'");
    }
}
