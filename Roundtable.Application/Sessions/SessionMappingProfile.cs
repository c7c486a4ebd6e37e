using AutoMapper;
using Roundtable.Application.Common;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

public sealed class SessionMappingProfile : Profile
{
    public SessionMappingProfile()
    {
        CreateProjection<Session, SessionDto>()
            .ForMember(d => d.ImpersonatedBy, o => o.MapFrom(s => s.ImpersonatorId))
            .ForMember(d => d.Current, o => o.Ignore());
        CreateMap<CurrentSession, SessionDto>()
            .ForMember(d => d.ImpersonatedBy, o => o.MapFrom(s => s.Impersonator!.UserId))
            .ForMember(d => d.Current, o => o.MapFrom(_ => true));
    }
}
