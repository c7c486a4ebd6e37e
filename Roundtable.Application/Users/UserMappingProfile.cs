using AutoMapper;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

public sealed class UserMappingProfile : Profile
{
    public UserMappingProfile()
    {
        // Parameters of the projection: ProjectTo replaces them by the caller's values.
        DateTime now = default;
        ProfileFields fields = null!;

        CreateProjection<User, UserDto>()
            .ForMember(d => d.Roles, o => o.MapFrom(u => u.Roles.Select(r => r.RoleName).OrderBy(r => r).ToList()))
            .ForMember(d => d.Banned, o => o.MapFrom(u => u.BannedUntilUtc > now))
            .ForMember(d => d.BanReason, o => o.MapFrom(u => u.BannedUntilUtc > now ? u.BanReason : null))
            .ForMember(d => d.BanExpiresAt, o => o.MapFrom(u => u.BannedUntilUtc > now && u.BannedUntilUtc != User.Forever ? u.BannedUntilUtc : null))
            .ForMember(d => d.TwoFactorEnabled, o => o.MapFrom(u => u.Credentials.TwoFactorEnabled))
            .ForMember(d => d.LastSeenAt, o => o.MapFrom(u => u.LastSeenOrEpochUtc == User.NeverSeen ? (DateTime?)null : u.LastSeenOrEpochUtc));
        CreateProjection<UserProfile, ProfileDto>().ForMember(d => d.Extra, o => o.MapFrom(p => fields.Show(p.Extra)));
        CreateMap<UserDto, PublicProfileDto>()
            .ForMember(d => d.Bio, o => o.MapFrom(u => u.Profile.Bio))
            .ForMember(d => d.Extra, o => o.MapFrom<PublicExtra>());
    }

    private sealed class PublicExtra(ProfileFields fields) : IValueResolver<UserDto, PublicProfileDto, IReadOnlyDictionary<string, ProfileValue>?>
    {
        public IReadOnlyDictionary<string, ProfileValue>? Resolve(
            UserDto source, PublicProfileDto destination, IReadOnlyDictionary<string, ProfileValue>? destMember, ResolutionContext context) =>
            fields.PublicOf(source.Profile.Extra);
    }
}
