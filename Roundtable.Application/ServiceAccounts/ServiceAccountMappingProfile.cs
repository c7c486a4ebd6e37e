using AutoMapper;
using Roundtable.Application.Common;
using Roundtable.Domain.ServiceAccounts;

namespace Roundtable.Application.ServiceAccounts;

public sealed class ServiceAccountMappingProfile : Profile
{
    public ServiceAccountMappingProfile() =>
        CreateProjection<ServiceAccount, ServiceAccountDto>()
            .ForMember(d => d.Roles, o => o.MapFrom(a => a.Roles.Select(r => r.RoleName).OrderBy(n => n).ToList()))
            .ForMember(
                d => d.CreatedBy,
                o => o.MapFrom(a => a.CreatedBy == null ? null : new CreatorDto(a.CreatedBy.Id, a.CreatedBy.Name))
            );
}
