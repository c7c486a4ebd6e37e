using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class CredentialsConfiguration : IEntityTypeConfiguration<Credentials>
{
    public void Configure(EntityTypeBuilder<Credentials> builder)
    {
        builder.HasKey(c => c.UserId);
        builder.Property(c => c.UserId).IsId();
        builder.Property(c => c.PasswordHash).HasMaxLength(Credentials.PasswordHashMaxLength).IsUnicode(false);
        builder.Property(c => c.SecurityStamp).HasMaxLength(64).IsUnicode(false);
        builder.Property(c => c.ProtectedTwoFactorSecret).HasMaxLength(512).IsUnicode(false);
        builder.Property(c => c.PasswordSetId).IsId();
        builder.Property(c => c.TwoFactorSetId).IsId();
        builder.Property(c => c.RecoveryCodesSetId).IsId();
        builder.Property(c => c.TwoFactorSetupSessionId).IsId();
        builder.HasMany(c => c.Passkeys).WithOne().HasForeignKey(p => p.UserId);
        builder.HasMany(c => c.RecoveryCodes).WithOne().HasForeignKey(r => r.UserId);
    }
}

internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<Passkey>
{
    // A credential id has up to 1,023 bytes; base64url in 1,364 characters still fits an index key of 1,700 bytes.
    private const int CredentialIdMaxLength = 1364;

    public void Configure(EntityTypeBuilder<Passkey> builder)
    {
        builder.Property(p => p.Id).IsId();
        builder.Property(p => p.UserId).IsId();
        builder.Property(p => p.CredentialId).HasMaxLength(CredentialIdMaxLength).IsUnicode(false).IsBinary();
        builder.Property(p => p.Name).HasMaxLength(Passkey.NameMaxLength);
        builder.Property(p => p.Transports).HasMaxLength(Passkey.TransportsMaxLength).IsUnicode(false);
        builder.HasIndex(p => p.CredentialId).IsUnique();
        builder.HasIndex(p => p.UserId);
    }
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes").HasKey(r => new { r.UserId, r.CodeHash });
        builder.Property(r => r.UserId).IsId();
        builder.Property(r => r.CodeHash).IsHash();
    }
}
