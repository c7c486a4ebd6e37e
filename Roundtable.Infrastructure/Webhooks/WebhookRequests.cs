using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>Creates the signed requests of deliveries, and reads the endpoints' refusals.</summary>
internal sealed class WebhookRequests(WebhookProtector protector, TimeProvider time)
{
    private const int MaxAnswerBytes = 2048;
    private const int MaxAnswerLength = 300;

    // An endpoint that answers but does not finish must not hide its status.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

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

    /// <summary>
    /// The status and the beginning of the endpoint's text, without links, addresses, keys and the endpoint's secrets; and how long it
    /// asks to wait.
    /// </summary>
    public async Task<WebhookException> RefusalAsync(WebhookEndpoint endpoint, HttpResponseMessage answer, CancellationToken ct)
    {
        var status = $"The endpoint answered {(int)answer.StatusCode}";
        var text = ErrorText.Clean(await ReadAsync(answer.Content, ct), [endpoint.Url, .. SecretsOf(endpoint)]);
        return new WebhookException(
            text.Length == 0 ? $"{status}." : $"{status}: {(text.Length > MaxAnswerLength ? text[..MaxAnswerLength] + "…" : text)}",
            answer.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - time.GetUtcNow() : null
        );
    }

    private IEnumerable<string> SecretsOf(WebhookEndpoint endpoint)
    {
        string?[] stored = [endpoint.ProtectedSecret, endpoint.PreviousProtectedSecret];
        return stored.OfType<string>().Select(protector.Secret).SelectMany(s => (string[])[s, s[WebhookSignature.SecretPrefix.Length..]]);
    }

    private async Task<string> ReadAsync(HttpContent content, CancellationToken ct)
    {
        // A page for people says nothing in its first lines.
        if (
            content.Headers.ContentType?.MediaType is not { } type
            || (type != "text/plain" && !type.EndsWith("json", StringComparison.Ordinal))
        )
        {
            return "";
        }

        using var patience = new CancellationTokenSource(AnswerTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var bytes = new byte[MaxAnswerBytes];
        try
        {
            await using var body = await content.ReadAsStreamAsync(limit.Token);
            var length = await body.ReadAtLeastAsync(bytes, MaxAnswerBytes, throwOnEndOfStream: false, limit.Token);
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception e)
            when (e is IOException or HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return "";
        }
    }
}
