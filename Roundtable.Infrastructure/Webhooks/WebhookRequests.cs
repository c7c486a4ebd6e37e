using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>Creates the signed requests of deliveries, and reads <c>Retry-After</c> from responses.</summary>
internal sealed class WebhookRequests(WebhookProtector protector, TimeProvider time)
{
    public HttpRequestMessage Create(WebhookEndpoint endpoint, WebhookDelivery message)
    {
        var now = time.GetUtcNow();
        var body = protector.Message(message.ProtectedContent ?? throw new InvalidOperationException("The message was wiped."));
        var secrets =
            endpoint is { PreviousProtectedSecret: { } previous } && endpoint.PreviousSecretUntilUtc > now.UtcDateTime
                ? (string[])[endpoint.ProtectedSecret, previous]
                : [endpoint.ProtectedSecret];
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("webhook-id", message.EventId);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(message.EventId, now, body, secrets.Select(protector.Secret)));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Roundtable-Webhooks", "1.0"));
        return request;
    }

    public TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - time.GetUtcNow() : null;
}
