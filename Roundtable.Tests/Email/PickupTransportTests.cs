using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Roundtable.Application.Email;
using Roundtable.Infrastructure.Email;

namespace Roundtable.Tests.Email;

public sealed class PickupTransportTests
{
    private TestEnvironment environment = null!;
    private PickupTransport transport = null!;
    private string folder = null!;

    [SetUp]
    public void SetUp()
    {
        environment = new TestEnvironment();
        folder = Path.Combine(environment.ContentRootPath, "mail");
        var options = Mails.Options(o => o.Pickup.Directory = "mail");
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 19, 32, 0, TimeSpan.Zero));
        transport = new PickupTransport(options, environment, new MailMessageFactory(options, time));
    }

    [TearDown]
    public void TearDown() => environment.Dispose();

    [Test]
    public async Task Send_WritesOneCompleteFile()
    {
        var mail = Mails.Outgoing();
        await transport.SendAsync(mail, CancellationToken.None);
        Assert.That(Files(), Is.EqualTo(new[] { $"{mail.Id}.eml" }));

        var message = await MimeMessage.LoadAsync(Path.Combine(folder, $"{mail.Id}.eml"));
        Assert.That(message.MessageId, Is.EqualTo($"{mail.Id}@example.org"));
        Assert.That(message.From.ToString(), Is.EqualTo("\"Roundtable\" <no-reply@example.org>"));
        Assert.That(message.To.ToString(), Is.EqualTo(mail.To));
        Assert.That(message.Subject, Is.EqualTo(mail.Subject));
        Assert.That(message.Date, Is.EqualTo(new DateTimeOffset(2026, 11, 22, 19, 32, 0, TimeSpan.Zero)));
        Assert.That((message.TextBody, message.HtmlBody), Is.EqualTo((mail.Text, mail.Html)));
    }

    [TestCase("Ada", "7bit")]
    [TestCase("Ada Łovelace 界", "8bit")]
    public async Task Send_KeepsTheLinkOnOneLine_WithAnyName(string name, string encoding)
    {
        var body = Mails
            .Renderer()
            .Render(MailTemplates.MagicLink, new Dictionary<string, string?> { ["link"] = Mails.Link, ["name"] = name });
        var mail = Mails.Outgoing() with { Html = body.Html, Text = body.Text };
        await transport.SendAsync(mail, CancellationToken.None);

        var raw = await File.ReadAllTextAsync(Path.Combine(folder, $"{mail.Id}.eml"));
        Assert.That(
            raw,
            Does.Contain($"Content-Transfer-Encoding: {encoding}").And.Not.Contain("quoted-printable").And.Not.Contain("base64")
        );
        Assert.That(raw.Split('\n').Count(l => l == Mails.Link), Is.EqualTo(1), "on a separate line without a carriage return");
        Assert.That(raw, Does.Contain($"href=\"{Mails.Link}\"").And.Contain($"Hello {name},"));
    }

    [Test]
    public async Task Send_Overwrites_WhenTheSameMailIsSentAgain()
    {
        var mail = Mails.Outgoing();
        await transport.SendAsync(mail, CancellationToken.None);
        await transport.SendAsync(mail with { Text = "Again." }, CancellationToken.None);
        Assert.That(Files(), Is.EqualTo(new[] { $"{mail.Id}.eml" }));
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(folder, $"{mail.Id}.eml")),
            Does.Contain("Again.").And.Not.Contain("Sign in:")
        );
    }

    [Test]
    public async Task Send_WritesAtomically_ForConcurrentReaders()
    {
        var mail = Mails.Outgoing(
            text: string.Concat(Enumerable.Repeat("A line of text that makes the mail long.\n", 20_000)) + "The end."
        );
        var path = Path.Combine(folder, $"{mail.Id}.eml");
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await transport.SendAsync(mail, CancellationToken.None);
            }
        });
        var sizes = new HashSet<long>();
        while (!writing.IsCompleted)
        {
            if (File.Exists(path))
            {
                sizes.Add((await File.ReadAllTextAsync(path)).Contains("The end.", StringComparison.Ordinal) ? 1 : 0);
            }
        }

        await writing;
        Assert.That(sizes, Is.EquivalentTo(new[] { 1L }));
    }

    [Test]
    public void Send_LeavesNothingBehind_WhenItIsCancelled()
    {
        Assert.That(
            () => transport.SendAsync(Mails.Outgoing(), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public void Send_ThrowsTransportException_WhenTheFolderIsNoFolder()
    {
        File.WriteAllText(folder, "");
        Assert.That(() => transport.SendAsync(Mails.Outgoing(), CancellationToken.None), Throws.TypeOf<MailTransportException>());
    }

    [Test]
    public void Send_ThrowsTransportException_WhenTheIdContainsAPath()
    {
        Assert.That(
            () => transport.SendAsync(Mails.Outgoing() with { Id = "../escaped" }, CancellationToken.None),
            Throws.TypeOf<MailTransportException>()
        );
        Assert.That(Directory.GetFiles(environment.ContentRootPath), Is.Empty);
    }

    private IEnumerable<string?> Files() => Directory.Exists(folder) ? Directory.GetFiles(folder).Select(Path.GetFileName) : [];
}
