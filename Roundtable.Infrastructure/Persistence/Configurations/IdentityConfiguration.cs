using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Configurations;

/// <summary>Configures Identity's other tables as Identity defines them, with our names and ids.</summary>
internal sealed class IdentityConfiguration
    : IEntityTypeConfiguration<IdentityUserClaim<string>>,
        IEntityTypeConfiguration<UserLogin>,
        IEntityTypeConfiguration<IdentityUserToken<string>>,
        IEntityTypeConfiguration<IdentityRoleClaim<string>>
{
    // As in Identity's schema since version 2: together with the user's id it fits a SQL Server key.
    private const int NameMaxLength = UserLogin.ProviderMaxLength;
    private const int TypeMaxLength = 256;
    private const int ValueMaxLength = 1024;

    public void Configure(EntityTypeBuilder<IdentityUserClaim<string>> builder)
    {
        builder.ToTable("UserClaims");
        builder.Property(c => c.UserId).IsId();
        builder.Property(c => c.ClaimType).HasMaxLength(TypeMaxLength).IsBinary();
        builder.Property(c => c.ClaimValue).HasMaxLength(ValueMaxLength).IsBinary();
    }

    public void Configure(EntityTypeBuilder<UserLogin> builder)
    {
        builder.ToTable("UserLogins");
        builder.Property(l => l.UserId).IsId();
        // Providers' ids are case-sensitive.
        builder.Property(l => l.LoginProvider).HasMaxLength(NameMaxLength).IsBinary();
        builder.Property(l => l.ProviderKey).HasMaxLength(TypeMaxLength).IsBinary();
        builder.Property(l => l.ProviderDisplayName).HasMaxLength(TypeMaxLength);
        builder.Property(l => l.Issuer).HasMaxLength(UserLogin.IssuerMaxLength);
        builder.Property(l => l.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(l => l.LinkedId).IsId();
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<string>> builder)
    {
        builder.ToTable("UserTokens");
        builder.Property(t => t.UserId).IsId();
        builder.Property(t => t.LoginProvider).HasMaxLength(NameMaxLength).IsBinary();
        builder.Property(t => t.Name).HasMaxLength(NameMaxLength).IsBinary();
    }

    public void Configure(EntityTypeBuilder<IdentityRoleClaim<string>> builder)
    {
        builder.ToTable("RoleClaims");
        builder.Property(c => c.RoleId).HasMaxLength(Role.NameMaxLength).IsUnicode(false).IsBinary();
        builder.Property(c => c.ClaimType).HasMaxLength(TypeMaxLength).IsBinary();
        builder.Property(c => c.ClaimValue).HasMaxLength(ValueMaxLength).IsBinary();
    }
}
