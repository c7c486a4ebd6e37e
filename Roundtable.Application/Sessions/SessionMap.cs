using AutoMapper;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>Session to answer, for <c>ProjectTo</c>.</summary>
public sealed class SessionMap : Profile
{
    public SessionMap() => CreateProjection<Session, SessionDto>()
        .ForMember(d => d.CreatedAt, o => o.MapFrom(s => s.CreatedAtUtc))
        .ForMember(d => d.LastSeenAt, o => o.MapFrom(s => s.LastSeenAtUtc))
        .ForMember(d => d.ExpiresAt, o => o.MapFrom(s => s.ExpiresAtUtc))
        .ForMember(d => d.ImpersonatedBy, o => o.MapFrom(s => s.ImpersonatorId))
        .ForMember(d => d.Current, o => o.Ignore());
}
