using AutoMapper;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passkeys;

public sealed class PasskeyMappingProfile : Profile
{
    public PasskeyMappingProfile() => CreateMap<Passkey, PasskeyDto>();
}
