using AutoMapper;
using Roundtable.Application.Common;
using Roundtable.Domain.ApiKeys;

namespace Roundtable.Application.ApiKeys;

public sealed class ApiKeyMappingProfile : Profile
{
    public ApiKeyMappingProfile() =>
        CreateProjection<ApiKey, ApiKeyDto>()
            .ForMember(d => d.Scopes, o => o.MapFrom(k => Words(k.ScopeList)))
            .ForMember(d => d.AllowedNetworks, o => o.MapFrom(k => Words(k.NetworkList)))
            .ForMember(
                d => d.Owner,
                o =>
                    o.MapFrom(k =>
                        k.User != null
                            ? new ApiKeyOwnerDto(ApiKeyOwnerKind.User, k.User.Id, k.User.Name)
                            : new ApiKeyOwnerDto(ApiKeyOwnerKind.ServiceAccount, k.ServiceAccount!.Id, k.ServiceAccount.Name)
                    )
            )
            .ForMember(
                d => d.CreatedBy,
                o => o.MapFrom(k => k.CreatedBy == null ? null : new CreatorDto(k.CreatedBy.Id, k.CreatedBy.Name))
            );

    private static IReadOnlyList<string> Words(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
