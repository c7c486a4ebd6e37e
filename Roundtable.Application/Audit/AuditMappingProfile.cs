using System.Text.Json;
using AutoMapper;
using Roundtable.Domain.Audit;

namespace Roundtable.Application.Audit;

public sealed class AuditMappingProfile : Profile
{
    public AuditMappingProfile() =>
        CreateProjection<AuditEntry, AuditEntryDto>()
            .ForMember(
                d => d.Actor,
                o =>
                    o.MapFrom(e =>
                        e.ActorId == null || (e.ActorEmail == null && e.ActorName == null)
                            ? null
                            : new ActorDto(
                                e.ActorId,
                                e.ActorEmail,
                                e.ActorName,
                                e.ApiKeyId == null ? null : new ActorCredentialDto(e.ApiKeyId),
                                null
                            )
                    )
            )
            .ForMember(
                d => d.OnBehalfOf,
                o =>
                    o.MapFrom(e =>
                        e.OnBehalfOfId == null || e.OnBehalfOfEmail == null ? null : new PersonDto(e.OnBehalfOfId, e.OnBehalfOfEmail)
                    )
            )
            .ForMember(d => d.Subject, o => o.MapFrom(e => e.SubjectId == null ? null : new SubjectDto(e.SubjectId, null, null)))
            .ForMember(d => d.Target, o => o.MapFrom(e => new TargetDto(e.TargetType, e.TargetId)))
            .ForMember(d => d.Details, o => o.MapFrom(e => Json(e.Details)));

    private static JsonElement Json(string details) => JsonSerializer.Deserialize<JsonElement>(details);
}
