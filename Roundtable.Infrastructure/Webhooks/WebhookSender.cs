using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Roundtable.Application.Operations;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>Sends events as signed POST requests.</summary>
internal sealed class WebhookSender(
    HttpClient http,
    RoundtableDbContext db,
    WebhookRequests requests,
    WebhookService endpoints,
    RoundtableMetrics metrics,
    ILogger<WebhookSender> logger
) : IOutboxSender<WebhookDelivery>
{
    // Over a day in total: an endpoint that is down overnight loses nothing.
    private static readonly TimeSpan[] BackOff =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(10),
    ];

    public static int MaxAttempts => BackOff.Length + 1;

    public int MaxConcurrency => 8;

    // Each endpoint has its own slots: one that hangs does not block the others.
    public string Channel(WebhookDelivery message) => message.EndpointId;

    public async Task SendAsync(WebhookDelivery message, CancellationToken ct)
    {
        var endpoint = await db.WebhookEndpoints.FindAsync([message.EndpointId], ct);
        if (endpoint is null)
        {
            // Written while the endpoint was being deleted: it can never be delivered.
            await db.WebhookDeliveries.Where(d => d.Id == message.Id).ExecuteDeleteAsync(ct);
            throw new WebhookException(DeliveryErrorCode.EndpointOff, "The endpoint was deleted.");
        }

        if (!endpoint.Enabled)
        {
            throw new WebhookException(DeliveryErrorCode.EndpointOff, "The endpoint is switched off.");
        }

        using var request = requests.Create(endpoint, message);
        using var answer = await PostAsync(request, ct);
        if (answer.StatusCode == HttpStatusCode.Gone)
        {
            await endpoints.SwitchOffAsync(endpoint.Id, ct);
            throw new WebhookException(DeliveryErrorCode.Gone, "The endpoint answered 410 (Gone): it is disabled.", isFinal: true);
        }

        if (!answer.IsSuccessStatusCode)
        {
            // Not its text, which may repeat the message: those who read the error need not be allowed to read users.
            throw new WebhookException(
                CodeOf((int)answer.StatusCode),
                $"The endpoint answered {(int)answer.StatusCode}.",
                requests.RetryAfter(answer)
            );
        }
    }

    public DateTime? NextAttempt(int failedAttempts, DateTime nowUtc, TimeSpan? retryAfter) =>
        OutboxTiming.NextAttempt(BackOff, failedAttempts, nowUtc, retryAfter);

    public void Sent(WebhookDelivery message, int attempt, DateTime nowUtc)
    {
        metrics.Webhook(message.EventType, "sent");
        logger.Sent(message.Id, message.EventType, message.EndpointId, attempt);
    }

    public void Failed(WebhookDelivery message, int attempt, string reason, DateTime? nextAttemptAtUtc, DateTime nowUtc)
    {
        metrics.Webhook(message.EventType, nextAttemptAtUtc is null ? "failed" : "retrying");
        if (nextAttemptAtUtc is { } again)
        {
            logger.Retrying(message.Id, message.EventType, message.EndpointId, attempt, reason, again);
        }
        else
        {
            logger.GaveUp(message.Id, message.EventType, message.EndpointId, attempt, reason);
        }
    }

    public void LeaseLost(WebhookDelivery message) => logger.LeaseLost(message.Id, message.EventType);

    public void Unrecorded(WebhookDelivery message, Exception error) => logger.Unrecorded(error, message.Id, message.EventType);

    internal static DeliveryErrorCode CodeOf(int status) =>
        status switch
        {
            < 400 => DeliveryErrorCode.Redirected,
            401 or 403 => DeliveryErrorCode.Unauthorized,
            404 or 405 => DeliveryErrorCode.NotFound,
            429 => DeliveryErrorCode.TooMany,
            >= 500 => DeliveryErrorCode.ServerError,
            _ => DeliveryErrorCode.Rejected,
        };

    // The same text for unknown names, closed ports and non-public addresses: different ones would map the internal network.
    private async Task<HttpResponseMessage> PostAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException)
        {
            throw new WebhookException(DeliveryErrorCode.Unreachable, "The endpoint cannot be reached.");
        }
    }
}
