using Roundtable.Infrastructure.Email;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Email;

public sealed class SmtpTransportTests
{
    [Test]
    public async Task Send_DeliversTextAndHtml_WhenNotAscii()
    {
        using var server = new SmtpServer();
        var mail = Mails.Outgoing(text: $"Hello Łukasz 界,\n\n{Mails.Link}\n");
        await Transport(server.Port, from: "Ründ Täble <no-reply@example.org>").SendAsync(mail, CancellationToken.None);

        var received = server.Received.Single();
        Assert.That(received.MessageId, Is.EqualTo($"{mail.Id}@example.org"));
        Assert.That(received.From.Mailboxes.Single().Name, Is.EqualTo("Ründ Täble"));
        Assert.That(received.Headers["X-RcptTo"], Is.EqualTo(mail.To));
        Assert.That(received.Subject, Is.EqualTo(mail.Subject));
        Assert.That(received.TextBody!.ReplaceLineEndings("\n"), Is.EqualTo(mail.Text));
        Assert.That(received.HtmlBody!.ReplaceLineEndings("\n"), Is.EqualTo(mail.Html));
    }

    [Test]
    public async Task Send_SignsIn_WhenAUserNameIsSet()
    {
        using var server = new SmtpServer(requiresSignIn: true);
        await Transport(server.Port, password: "right password").SendAsync(Mails.Outgoing(), CancellationToken.None);
        Assert.That(server.Received, Has.Count.EqualTo(1));
    }

    [Test]
    public void Send_ReportsTheReasonWithoutThePassword_WhenSignInIsRefused()
    {
        using var server = new SmtpServer(requiresSignIn: true);
        var failure = Failure(Transport(server.Port, password: "wrong password"));
        Assert.That(failure, Does.Contain("sign-in was refused").And.Not.Contain("wrong password"));
        Assert.That(server.Received, Is.Empty);
    }

    [Test]
    public void Send_ReportsTheReasonWithoutTheAddress_WhenTheRecipientIsRefused_CVE_2026_27946()
    {
        using var server = new SmtpServer();
        var failure = Failure(Transport(server.Port), "nobody@example.com");
        Assert.That(failure, Does.StartWith("SMTP 550: ").And.Contain("no such user"));
        Assert.That(failure, Does.Not.Contain("nobody").And.Not.Contain("help.example").And.Not.Contain("SG."));
    }

    [Test]
    public void Send_SendsNothing_WhenTlsIsRequiredAndNotOffered()
    {
        using var server = new SmtpServer();
        Assert.That(Failure(Transport(server.Port, tls: true)), Does.Contain("STARTTLS"));
        Assert.That(server.Received, Is.Empty);
    }

    [Test]
    public void Send_SendsNothing_WhenTheCertificateIsNotTrusted()
    {
        using var server = new SmtpServer(offersTls: true);
        Assert.That(Failure(Transport(server.Port, tls: true)), Does.Contain("certificate is not trusted"));
        Assert.That(server.Received, Is.Empty);
    }

    [Test]
    public void Send_ThrowsTransportException_WhenTheConnectionIsRefused() =>
        Assert.That(Failure(Transport(FreePort.Next())), Does.StartWith("SMTP: ").And.Not.Contain("Exception"));

    [Test]
    public void Send_ThrowsOperationCanceled_WhenCancelled() =>
        Assert.That(
            () => Transport(FreePort.Next()).SendAsync(Mails.Outgoing(), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );

    private static string Failure(SmtpTransport transport, string to = "ada@example.com") =>
        Assert.ThrowsAsync<MailTransportException>(() => transport.SendAsync(Mails.Outgoing(to), CancellationToken.None))!.Message;

    private static SmtpTransport Transport(int port, string? password = null, bool tls = false, string from = "no-reply@example.org")
    {
        var options = Mails.Options(o =>
        {
            o.From = from;
            o.Smtp.Host = "127.0.0.1";
            o.Smtp.Port = port;
            o.Smtp.UseTls = tls;
            o.Smtp.UserName = password is null ? null : "mailer";
            o.Smtp.Password = password;
        });
        return new SmtpTransport(options, new MailMessageFactory(options, TimeProvider.System));
    }
}
