using AutoMapper;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Roles;

public sealed class RoleMappingProfile : Profile
{
    public RoleMappingProfile() => CreateMap<Role, RoleDto>().ForMember(d => d.Permissions, o => o.MapFrom(r => Sorted(r.Permissions)));

    private static List<string> Sorted(IReadOnlySet<string> permissions) => [.. permissions.Order(StringComparer.Ordinal)];
}
