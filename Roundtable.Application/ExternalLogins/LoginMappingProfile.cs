using AutoMapper;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ExternalLogins;

public sealed class LoginMappingProfile : Profile
{
    public LoginMappingProfile() =>
        CreateMap<UserLogin, LoginDto>()
            .ForMember(d => d.Name, o => o.MapFrom(l => l.LoginProvider))
            .ForMember(d => d.DisplayName, o => o.MapFrom(l => l.ProviderDisplayName ?? l.LoginProvider));
}
