using AutoMapper;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Application.Webhooks;

public sealed class WebhookMappingProfile : Profile
{
    public WebhookMappingProfile()
    {
        CreateMap<WebhookEndpoint, WebhookDto>().ForMember(d => d.PreviousSecretUntil, o => o.MapFrom<UnlessPast>());
        CreateProjection<WebhookDelivery, WebhookDeliveryDto>();
    }

    private sealed class UnlessPast(TimeProvider clock) : IValueResolver<WebhookEndpoint, WebhookDto, DateTime?>
    {
        public DateTime? Resolve(WebhookEndpoint source, WebhookDto destination, DateTime? destMember, ResolutionContext context) =>
            source.PreviousSecretUntilUtc > clock.GetUtcNow().UtcDateTime ? source.PreviousSecretUntilUtc : null;
    }
}
