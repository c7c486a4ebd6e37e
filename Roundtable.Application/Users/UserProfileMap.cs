using AutoMapper;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>User to answers, for <c>ProjectTo</c>: the database reads the columns that the answer shows and no others.</summary>
public sealed class UserProfileMap : Profile
{
    public UserProfileMap()
    {
        // Parameters of the projection: ProjectTo puts the caller's values in their place.
        DateTime now = default;
        ProfileFields fields = null!;

        CreateProjection<User, UserDto>()
            .ForMember(d => d.Roles, o => o.MapFrom(u => u.Roles.Select(r => r.RoleName).ToList()))
            .ForMember(d => d.Banned, o => o.MapFrom(u => u.BannedUntilUtc > now))
            .ForMember(d => d.BanReason, o => o.MapFrom(u => u.BannedUntilUtc > now ? u.BanReason : null))
            .ForMember(d => d.BanExpiresAt, o => o.MapFrom(u => u.BannedUntilUtc > now && u.BannedUntilUtc != User.Forever ? u.BannedUntilUtc : null))
            .ForMember(d => d.TwoFactorEnabled, o => o.MapFrom(u => u.Credentials.TwoFactorEnabled))
            .ForMember(d => d.LastSeenAt, o => o.MapFrom(u => u.LastSeenOrEpochUtc == User.NeverSeen ? (DateTime?)null : u.LastSeenOrEpochUtc))
            .ForMember(d => d.CreatedAt, o => o.MapFrom(u => u.CreatedAtUtc))
            .ForMember(d => d.UpdatedAt, o => o.MapFrom(u => u.UpdatedAtUtc));
        CreateProjection<UserProfile, ProfileDto>().ForMember(d => d.Extra, o => o.MapFrom(p => fields.Show(p.Extra)));
    }
}
