using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Roles;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    private static readonly DateTime Since = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable("Roles").HasKey(r => r.Name);
        builder.Ignore(r => r.Id).Ignore(r => r.NormalizedName).Ignore(r => r.ConcurrencyStamp);
        builder.Property(r => r.Name).HasMaxLength(Role.NameMaxLength).IsUnicode(false).IsBinary();
        builder.Property(r => r.PermissionList).HasMaxLength(2000).IsUnicode(false);
        builder.Ignore(r => r.Permissions);
        builder.Property(r => r.UpdatedAtUtc).IsConcurrencyToken();
        builder.HasData(BuiltIn(Role.AdminName), BuiltIn(Role.UserName));
    }

    private static object BuiltIn(string name) =>
        new
        {
            Name = name,
            PermissionList = "",
            CreatedAtUtc = Since,
            UpdatedAtUtc = Since,
        };
}
