using AutoMapper;
using Roundtable.Domain.Widgets;

namespace Roundtable.Application.Widgets;

public sealed class WidgetMappingProfile : Profile
{
    public WidgetMappingProfile() => CreateProjection<Widget, WidgetDto>();
}
