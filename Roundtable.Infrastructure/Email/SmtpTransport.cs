using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <summary>Sends mail to a mail server, one connection per mail.</summary>
public sealed class SmtpTransport(IOptions<EmailOptions> options, MailMessageFactory messages) : IMailTransport
{
    private const int ImplicitTlsPort = 465;

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using var client = NewClient();
        await TryAsync(
            async () =>
            {
                await ConnectAsync(client, ct);
                await client.SendAsync(messages.Create(mail, readable: false), ct);
            },
            ct
        );
        await LeaveAsync(client, ct);
    }

    public async Task<string> ProbeAsync(CancellationToken ct)
    {
        var smtp = options.Value.Smtp;
        using var client = NewClient();
        await TryAsync(() => ConnectAsync(client, ct), ct);
        await LeaveAsync(client, ct);
        return $"{smtp.Host}:{smtp.Port} answers"
            + (smtp.UseTls ? " over TLS" : ", unencrypted")
            + (string.IsNullOrEmpty(smtp.UserName) ? "." : " and accepts the user name and password.");
    }

    private static SmtpClient NewClient() => new() { Timeout = (int)OutboxTiming.SendTimeout.TotalMilliseconds };

    private async Task ConnectAsync(SmtpClient client, CancellationToken ct)
    {
        var smtp = options.Value.Smtp;
        await client.ConnectAsync(smtp.Host!, smtp.Port, Security(smtp), ct);
        if (!string.IsNullOrEmpty(smtp.UserName))
        {
            await SignInAsync(client, smtp, ct);
        }
    }

    private static async Task SignInAsync(SmtpClient client, SmtpOptions smtp, CancellationToken ct)
    {
        try
        {
            await client.AuthenticateAsync(smtp.UserName!, smtp.Password ?? "", ct);
        }
        catch (NotSupportedException)
        {
            throw new AuthenticationException("the server takes no user names.");
        }
    }

    private async Task TryAsync(Func<Task> talk, CancellationToken ct)
    {
        try
        {
            await talk();
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var (code, text) = Describe(e);
            throw new MailTransportException(code, ErrorText.Clean(text, options.Value.Smtp.Password));
        }
    }

    /// <summary>The server has accepted the mail by now: an error while disconnecting must not send it again.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception)
        {
            // Disposing closes the connection anyway.
        }
    }

    // StartTls, not StartTlsWhenAvailable: an attacker who strips the offer from the greeting could otherwise read the mail.
    private static SecureSocketOptions Security(SmtpOptions smtp) =>
        smtp switch
        {
            { UseTls: false } => SecureSocketOptions.None,
            { Port: ImplicitTlsPort } => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.StartTls,
        };

    private static (DeliveryErrorCode Code, string Text) Describe(Exception e) =>
        e switch
        {
            SmtpCommandException command => (
                CodeOf(command.ErrorCode, (int)command.StatusCode),
                $"SMTP {(int)command.StatusCode}: {command.Message}"
            ),
            AuthenticationException => (DeliveryErrorCode.Unauthorized, $"SMTP sign-in was refused: {e.Message}"),
            SslHandshakeException => (
                DeliveryErrorCode.Insecure,
                "SMTP: the server's certificate is not trusted, or TLS could not be agreed on."
            ),
            NotSupportedException => (DeliveryErrorCode.Insecure, "SMTP: the server offers no STARTTLS, which Email:Smtp:UseTls asks for."),
            OperationCanceledException or TimeoutException => (DeliveryErrorCode.TimedOut, "SMTP: the server did not answer in time."),
            SmtpProtocolException => (DeliveryErrorCode.ServerError, $"SMTP: {e.Message}"),
            IOException or SocketException => (DeliveryErrorCode.Unreachable, $"SMTP: {e.Message}"),
            _ => (DeliveryErrorCode.Other, $"SMTP: {e.Message}"),
        };

    // RFC 5321, 4.2.3, and RFC 4954, 6. A status concerns what the server refused: the sender, a recipient or the message.
    internal static DeliveryErrorCode CodeOf(SmtpErrorCode refused, int status) =>
        (refused, status) switch
        {
            (_, 530 or 534 or 535 or 538) => DeliveryErrorCode.Unauthorized,
            (SmtpErrorCode.RecipientNotAccepted, 550 or 551 or 553) => DeliveryErrorCode.UnknownMailbox,
            (SmtpErrorCode.RecipientNotAccepted, 452 or 552) => DeliveryErrorCode.Full,
            (_, < 500) => DeliveryErrorCode.ServerError,
            _ => DeliveryErrorCode.Rejected,
        };
}
