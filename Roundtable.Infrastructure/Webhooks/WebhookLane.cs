using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Roundtable.Application.Telemetry;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>Events leave as signed POST requests.</summary>
internal sealed class WebhookLane(
    HttpClient http, RoundtableDbContext db, WebhookProtector protector, RoundtableMetrics metrics, TimeProvider time, ILogger<WebhookLane> logger) : IOutboxLane<WebhookDelivery>
{
    // Over a day in all: an endpoint that is down over night loses nothing.
    private static readonly TimeSpan[] BackOff =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10),
    ];

    public static int MaxAttempts => BackOff.Length + 1;

    public int AtOnce => 8;

    public async Task SendAsync(WebhookDelivery message, CancellationToken ct)
    {
        var endpoint = await db.WebhookEndpoints.FindAsync([message.EndpointId], ct);
        if (endpoint is null)
        {
            // Written while the endpoint was being deleted: nobody will ever take it.
            await db.WebhookDeliveries.Where(d => d.Id == message.Id).ExecuteDeleteAsync(ct);
            throw new WebhookException("The endpoint was deleted.");
        }

        if (!endpoint.Enabled)
        {
            throw new WebhookException("The endpoint is switched off.");
        }

        using var request = Request(endpoint, message);
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException is WebhookException closed ? new WebhookException(closed.Message) : new WebhookException($"The endpoint cannot be reached: {e.HttpRequestError}.");
        }

        using (answer)
        {
            if (!answer.IsSuccessStatusCode)
            {
                throw new WebhookException($"The endpoint answered {(int)answer.StatusCode}.", Wait(answer.Headers.RetryAfter));
            }
        }
    }

    public DateTime? NextAttempt(int failedAttempts, DateTime nowUtc, TimeSpan? retryAfter) => OutboxTiming.NextAttempt(BackOff, failedAttempts, nowUtc, retryAfter);

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

    private HttpRequestMessage Request(WebhookEndpoint endpoint, WebhookDelivery message)
    {
        var now = time.GetUtcNow();
        var body = protector.Message(message.ProtectedContent ?? throw new InvalidOperationException("The message was wiped."));
        var secrets = endpoint is { PreviousProtectedSecret: { } previous } && endpoint.PreviousSecretUntilUtc > now.UtcDateTime
            ? (string[])[endpoint.ProtectedSecret, previous]
            : [endpoint.ProtectedSecret];
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", message.EventId);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(message.EventId, now, body, secrets.Select(protector.Secret)));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Roundtable-Webhooks", "1.0"));
        return request;
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? retryAfter) => retryAfter?.Delta ?? retryAfter?.Date - time.GetUtcNow();
}
