using AutoMapper;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

public sealed class PasskeyMappingProfile : Profile
{
    public PasskeyMappingProfile() => CreateMap<Passkey, PasskeyDto>();
}
