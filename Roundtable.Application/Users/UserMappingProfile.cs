using AutoMapper;
using Roundtable.Application.Profiles;

namespace Roundtable.Application.Users;

public sealed class UserMappingProfile : Profile
{
    public UserMappingProfile() =>
        CreateMap<UserDto, PublicProfileDto>()
            .ForMember(d => d.Bio, o => o.MapFrom(u => u.Profile.Bio))
            .ForMember(d => d.Extra, o => o.MapFrom<PublicExtra>());

    private sealed class PublicExtra(ProfileFields fields)
        : IValueResolver<UserDto, PublicProfileDto, IReadOnlyDictionary<string, ProfileValue>?>
    {
        public IReadOnlyDictionary<string, ProfileValue>? Resolve(
            UserDto source,
            PublicProfileDto destination,
            IReadOnlyDictionary<string, ProfileValue>? destMember,
            ResolutionContext context
        ) => fields.PublicOf(source.Profile.Extra);
    }
}
