using AutoMapper;
using Roundtable.Domain.Widgets;

namespace Roundtable.Application.Widgets;

/// <summary>Entity to answer, for <c>ProjectTo</c>: the database reads the columns that the answer shows and no others.</summary>
public sealed class WidgetMap : Profile
{
    public WidgetMap() => CreateProjection<Widget, WidgetDto>()
        .ForMember(d => d.CreatedAt, o => o.MapFrom(e => e.CreatedAtUtc))
        .ForMember(d => d.UpdatedAt, o => o.MapFrom(e => e.UpdatedAtUtc));
}
