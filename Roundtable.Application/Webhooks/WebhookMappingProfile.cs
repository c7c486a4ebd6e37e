using AutoMapper;
using Roundtable.Application.Common;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Application.Webhooks;

public sealed class WebhookMappingProfile : Profile
{
    /// <summary>The item of the mapping's context with the <see cref="WebhookFigures"/> by endpoint; a new endpoint has none.</summary>
    public const string Figures = "figures";

    public WebhookMappingProfile()
    {
        CreateMap<WebhookEndpoint, WebhookDto>()
            .ForMember(d => d.PreviousSecretUntil, o => o.MapFrom<UnlessPast>())
            .ForMember(d => d.CreatedBy, o => o.MapFrom<Creator>())
            .ForMember(d => d.Activity, o => o.MapFrom<Activity>());
        CreateProjection<WebhookDelivery, WebhookDeliveryDto>();
    }

    private static WebhookFigures? FiguresOf(WebhookEndpoint endpoint, ResolutionContext context) =>
        ((IReadOnlyDictionary<string, WebhookFigures>)context.Items[Figures]).GetValueOrDefault(endpoint.Id);

    private sealed class UnlessPast(TimeProvider clock) : IValueResolver<WebhookEndpoint, WebhookDto, DateTime?>
    {
        public DateTime? Resolve(WebhookEndpoint source, WebhookDto destination, DateTime? destMember, ResolutionContext context) =>
            source.PreviousSecretUntilUtc > clock.GetUtcNow().UtcDateTime ? source.PreviousSecretUntilUtc : null;
    }

    private sealed class Creator : IValueResolver<WebhookEndpoint, WebhookDto, CreatorDto?>
    {
        public CreatorDto? Resolve(WebhookEndpoint source, WebhookDto destination, CreatorDto? destMember, ResolutionContext context) =>
            source.CreatedById is { } id && FiguresOf(source, context)?.CreatorName is { } name ? new CreatorDto(id, name) : null;
    }

    private sealed class Activity : IValueResolver<WebhookEndpoint, WebhookDto, WebhookActivityDto>
    {
        public WebhookActivityDto Resolve(
            WebhookEndpoint source,
            WebhookDto destination,
            WebhookActivityDto destMember,
            ResolutionContext context
        )
        {
            var figures = FiguresOf(source, context);
            return new WebhookActivityDto
            {
                Sent = figures?.Sent ?? 0,
                Failed = figures?.Failed ?? 0,
                Retrying = figures?.Retrying ?? 0,
                LastAt = figures?.LastAtUtc,
                LastStatus = figures?.LastStatus,
            };
        }
    }
}
