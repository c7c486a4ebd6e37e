using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Configurations;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("Users");
        builder.Property(u => u.Id).IsId();
        builder.Property(u => u.Email).HasMaxLength(EmailAddress.MaxLength).IsRequired();
        builder.Property(u => u.NormalizedEmail).HasMaxLength(EmailAddress.MaxLength).IsRequired().IsBinary();
        builder.Property(u => u.Name).HasMaxLength(User.NameMaxUnits);
        builder.Property(u => u.NormalizedName).HasMaxLength(User.NameMaxUnits).IsBinary();
        builder.Property(u => u.Image).HasMaxLength(User.ImageMaxLength);
        builder.Property(u => u.PictureVersion).HasMaxLength(UserPicture.VersionLength).IsUnicode(false).IsBinary();
        builder.Property(u => u.BanReason).HasMaxLength(User.BanReasonMaxLength);
        builder.Property(u => u.Version).IsConcurrencyToken();

        builder.HasOne(u => u.Profile).WithOne().HasForeignKey<UserProfile>(p => p.UserId).IsRequired();
        builder.HasOne(u => u.Credentials).WithOne().HasForeignKey<Credentials>(c => c.UserId).IsRequired();
        builder.Navigation(u => u.Profile).IsRequired();
        builder.Navigation(u => u.Credentials).IsRequired();
        builder.HasOne<UserPicture>().WithOne().HasForeignKey<UserPicture>(p => p.UserId);
        builder.HasMany(u => u.Roles).WithOne().HasForeignKey(r => r.UserId);

        // Aliases of data that is stored elsewhere.
        builder.Ignore(u => u.UserName).Ignore(u => u.NormalizedUserName).Ignore(u => u.EmailConfirmed).Ignore(u => u.ConcurrencyStamp);
        builder.Ignore(u => u.PasswordHash).Ignore(u => u.SecurityStamp).Ignore(u => u.TwoFactorEnabled);
        builder.Ignore(u => u.LockoutEnd).Ignore(u => u.LockoutEnabled).Ignore(u => u.AccessFailedCount);
        builder.Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed);

        builder.HasIndex(u => u.NormalizedEmail).IsUnique().HasDatabaseName("IX_Users_NormalizedEmail");
        builder.HasIndex(u => new { u.CreatedAtUtc, u.Id });
        // Besides name and id it contains the columns of search and filters, so that counting matches reads only the index.
        builder.HasIndex(u => new
        {
            u.NormalizedName,
            u.Id,
            u.NormalizedEmail,
            u.EmailVerified,
            u.BannedUntilUtc,
        });
        builder.HasIndex(u => new { u.LastSeenOrEpochUtc, u.Id });
        builder.HasIndex(u => u.BannedUntilUtc).HasFilter("BannedUntilUtc IS NOT NULL");
    }
}

internal sealed class UserProfileConfiguration : IEntityTypeConfiguration<UserProfile>
{
    public void Configure(EntityTypeBuilder<UserProfile> builder)
    {
        builder.ToTable("UserProfiles").HasKey(p => p.UserId);
        builder.Property(p => p.UserId).IsId();
        builder.Property(p => p.Bio).HasMaxLength(UserProfile.BioMaxLength);
        builder.Property(p => p.Locale).HasMaxLength(UserProfile.LocaleMaxLength).IsUnicode(false);
        builder.Property(p => p.TimeZone).HasMaxLength(UserProfile.TimeZoneMaxLength).IsUnicode(false);
        builder.Property(p => p.Extra).HasMaxLength(UserProfile.ExtraMaxLength);
    }
}

/// <summary>In a table of its own: content of up to 256 kB that only its address reads.</summary>
internal sealed class UserPictureConfiguration : IEntityTypeConfiguration<UserPicture>
{
    public void Configure(EntityTypeBuilder<UserPicture> builder)
    {
        builder.ToTable("UserPictures").HasKey(p => p.UserId);
        builder.Property(p => p.UserId).IsId();
        builder.Property(p => p.MediaType).HasMaxLength(UserPicture.MediaTypeMaxLength).IsUnicode(false);
    }
}

internal sealed class UserRoleConfiguration : IEntityTypeConfiguration<UserRole>
{
    public void Configure(EntityTypeBuilder<UserRole> builder)
    {
        builder.ToTable("UserRoles").HasKey(r => new { r.UserId, r.RoleName });
        // Identity's foreign key is the role's id; ours is its name.
        builder.Metadata.RemoveForeignKey(
            builder.Metadata.GetForeignKeys().Single(f => f.Properties.Any(p => p.Name == nameof(UserRole.RoleId)))
        );
        builder.Ignore(r => r.RoleId);
        builder.Property(r => r.UserId).IsId();
        builder.Property(r => r.RoleName).HasMaxLength(Role.NameMaxLength).IsUnicode(false).IsBinary();
        builder.HasOne<Role>().WithMany().HasForeignKey(r => r.RoleName).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(r => new { r.RoleName, r.UserId });
    }
}
