using AutoMapper;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Roles;

public sealed class RoleMappingProfile : Profile
{
    /// <summary>The item of the mapping's context with the holders by role; a new role has none.</summary>
    public const string Holders = "holders";

    public RoleMappingProfile() =>
        CreateMap<Role, RoleDto>()
            .ForMember(d => d.Permissions, o => o.MapFrom(r => Sorted(r.Permissions)))
            .ForMember(d => d.Holders, o => o.MapFrom<HoldersOf>());

    private static List<string> Sorted(IReadOnlySet<string> permissions) => [.. permissions.Order(StringComparer.Ordinal)];

    private sealed class HoldersOf : IValueResolver<Role, RoleDto, RoleHoldersDto?>
    {
        public RoleHoldersDto? Resolve(Role source, RoleDto destination, RoleHoldersDto? destMember, ResolutionContext context) =>
            source.Name == Role.UserName
                ? null
                : ((IReadOnlyDictionary<string, RoleHoldersDto>)context.Items[Holders]).GetValueOrDefault(source.Name)
                    ?? new RoleHoldersDto(0, 0);
    }
}
