using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Roles;
using Roundtable.Domain.ServiceAccounts;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<ApiKeySecret>
{
    private const int PrefixMaxLength = 16;

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.Property(k => k.Id).IsId();
        builder.Property(k => k.Name).HasMaxLength(ApiKey.NameMaxLength);
        builder.Property(k => k.UserId).IsId();
        builder.Property(k => k.ServiceAccountId).IsId();
        builder.Property(k => k.CreatedById).IsId();
        builder.Property(k => k.ScopeList).HasMaxLength(ApiKey.ScopesMaxLength).IsUnicode(false);
        builder.Property(k => k.NetworkList).HasMaxLength(ApiKey.NetworksMaxLength).IsUnicode(false);
        builder.Property(k => k.Prefix).HasMaxLength(PrefixMaxLength).IsUnicode(false);
        builder.Property(k => k.LastUsedIp).HasMaxLength(Session.IpAddressMaxLength).IsUnicode(false);
        builder.Property(k => k.Version).IsConcurrencyToken();
        builder.Ignore(k => k.Scopes).Ignore(k => k.Networks).Ignore(k => k.SecretId);

        builder.HasOne(k => k.User).WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(k => k.ServiceAccount).WithMany().HasForeignKey(k => k.ServiceAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(k => k.CreatedBy).WithMany().HasForeignKey(k => k.CreatedById).OnDelete(DeleteBehavior.NoAction);
        builder.HasMany(k => k.Secrets).WithOne().HasForeignKey(s => s.ApiKeyId).OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(k => k.ExpiresAtUtc);
    }

    public void Configure(EntityTypeBuilder<ApiKeySecret> builder)
    {
        builder.ToTable("ApiKeySecrets").HasKey(s => s.Hash);
        builder.Property(s => s.Hash).IsHash();
        builder.Property(s => s.ApiKeyId).IsId();
        builder.Property(s => s.SetId).IsId();
    }
}

internal sealed class ServiceAccountConfiguration : IEntityTypeConfiguration<ServiceAccount>, IEntityTypeConfiguration<ServiceAccountRole>
{
    public void Configure(EntityTypeBuilder<ServiceAccount> builder)
    {
        builder.Property(a => a.Id).IsId();
        builder.Property(a => a.Name).HasMaxLength(ServiceAccount.NameMaxLength);
        builder.Property(a => a.Description).HasMaxLength(ServiceAccount.DescriptionMaxLength);
        builder.Property(a => a.ContactEmail).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(a => a.CreatedById).IsId();
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne(a => a.CreatedBy).WithMany().HasForeignKey(a => a.CreatedById).OnDelete(DeleteBehavior.NoAction);
        builder.HasMany(a => a.Roles).WithOne().HasForeignKey(r => r.ServiceAccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ServiceAccountRole> builder)
    {
        builder.ToTable("ServiceAccountRoles").HasKey(r => new { r.ServiceAccountId, r.RoleName });
        builder.Property(r => r.ServiceAccountId).IsId();
        builder.Property(r => r.RoleName).HasMaxLength(Role.NameMaxLength).IsUnicode(false).IsBinary();
        builder.HasOne<Role>().WithMany().HasForeignKey(r => r.RoleName).OnDelete(DeleteBehavior.Restrict);
    }
}
