using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Webhooks;

internal static class WebhookServiceCollectionExtensions
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookProtector>();
        services.TryAddSingleton<IWebhookSecrets>(s => s.GetRequiredService<WebhookProtector>());
        services.TryAddSingleton<WebhookRequests>();
        services.TryAddScoped<WebhookOutbox>();
        services.TryAddScoped<IWebhookOutbox>(s => s.GetRequiredService<WebhookOutbox>());
        services
            .AddOutbox<WebhookDelivery>()
            .AddHttpClient<IOutboxSender<WebhookDelivery>, WebhookSender>(http => http.Timeout = OutboxTiming.SendTimeout)
            .ConfigurePrimaryHttpMessageHandler(s => Handler(s.GetRequiredService<IOptions<WebhookOptions>>().Value))
            .RemoveAllLoggers();

        return services.AddWorker<WebhookSubscriptions>().AddWorker<OutboxWorker<WebhookDelivery>>();
    }

    // A redirect could lead anywhere, and would turn the POST into a GET; a proxy would connect to addresses that are not allowed.
    private static SocketsHttpHandler Handler(WebhookOptions options) =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.AllowInsecureTargets,
            ConnectCallback = options.AllowInsecureTargets ? null : PublicTargets.ConnectAsync,
        };
}
