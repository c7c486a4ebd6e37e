using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using MimeKit;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace Roundtable.Infrastructure.Email;

/// <summary>Sends mail through SendGrid's Web API v3.</summary>
public sealed class SendGridTransport(HttpClient http, IOptions<EmailOptions> options, TimeProvider time) : IMailTransport
{
    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        var settings = options.Value.SendGrid;
        var client = new SendGridClient(http, new SendGridClientOptions { ApiKey = settings.ApiKey, Host = settings.BaseUrl });
        Response answer;
        string body;
        try
        {
            answer = await client.SendEmailAsync(Message(mail), ct);
            body = answer.IsSuccessStatusCode ? "" : await answer.Body.ReadAsStringAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // HttpClient's own timeout is an OperationCanceledException too.
            var reason = e is OperationCanceledException ? "no answer in time." : e.Message;
            throw new MailTransportException(CodeOf(e), ErrorText.Clean($"SendGrid: {reason}", settings.ApiKey));
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw new MailTransportException(
                CodeOf((int)answer.StatusCode),
                ErrorText.Clean($"SendGrid {(int)answer.StatusCode}: {body}", settings.ApiKey),
                Wait(answer.Headers.RetryAfter)
            );
        }
    }

    public async Task<string> ProbeAsync(CancellationToken ct)
    {
        var settings = options.Value.SendGrid;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{settings.BaseUrl.TrimEnd('/')}/v3/scopes");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey);
        try
        {
            using var answer = await http.SendAsync(request, ct);
            return answer.IsSuccessStatusCode
                ? "SendGrid accepts the API key."
                : throw new MailTransportException(
                    CodeOf((int)answer.StatusCode),
                    answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                        ? $"SendGrid answers {(int)answer.StatusCode}: it rejects the API key."
                        : $"SendGrid answers {(int)answer.StatusCode}."
                );
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new MailTransportException(
                CodeOf(e),
                ErrorText.Clean(
                    $"SendGrid cannot be reached: {(e is HttpRequestException ? e.Message : "no answer in time.")}",
                    settings.ApiKey
                )
            );
        }
    }

    private static DeliveryErrorCode CodeOf(Exception e) =>
        e switch
        {
            OperationCanceledException => DeliveryErrorCode.TimedOut,
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => DeliveryErrorCode.Insecure,
            HttpRequestException => DeliveryErrorCode.Unreachable,
            _ => DeliveryErrorCode.Other,
        };

    internal static DeliveryErrorCode CodeOf(int status) =>
        status switch
        {
            401 or 403 => DeliveryErrorCode.Unauthorized,
            429 => DeliveryErrorCode.TooMany,
            >= 500 => DeliveryErrorCode.ServerError,
            _ => DeliveryErrorCode.Rejected,
        };

    private SendGridMessage Message(OutgoingMail mail)
    {
        var from = MailboxAddress.Parse(options.Value.From);
        var message = new SendGridMessage
        {
            From = new EmailAddress(from.Address, from.Name),
            Subject = mail.Subject,
            PlainTextContent = mail.Text,
            HtmlContent = mail.Html,
        };
        message.AddTo(new EmailAddress(mail.To));
        message.AddGlobalHeader("Message-ID", $"<{MailMessageFactory.MessageId(mail.Id, from)}>");
        message.AddGlobalHeader("Auto-Submitted", "auto-generated");
        message.AddGlobalCustomArg("outboxId", mail.Id);

        // Tracking routes every link, and with it the secret, through SendGrid; the rest adds foreign content.
        message.SetClickTracking(enable: false, enableText: false);
        message.SetOpenTracking(enable: false);
        message.SetSubscriptionTracking(enable: false);
        message.SetGoogleAnalytics(enable: false);
        return message;
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? retryAfter) => retryAfter?.Delta ?? retryAfter?.Date - time.GetUtcNow();
}
