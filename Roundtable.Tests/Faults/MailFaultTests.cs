using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Email;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Faults;

/// <summary>Mail servers and their connections fail in every way: each promised mail is eventually sent, exactly once.</summary>
[TestFixture(typeof(SmtpSink), "smtp")]
[TestFixture(typeof(SendGridSink), "sendgrid")]
internal sealed class MailFaultTests<TServer>(string transport)
    where TServer : IMailServer, new()
{
    private const int Mails = 12;
    private const int Failures = 9;

    private TServer server = default!;
    private TcpProxy proxy = null!;
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start()
    {
        server = new TServer();
        proxy = new TcpProxy("127.0.0.1", server.Port);
        app = TestApp.Start(server.Settings(proxy.Port));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await app.DisposeAsync();
        proxy.Dispose();
        await server.DisposeAsync();
    }

    [TestCase(Misbehavior.Refuses)]
    [TestCase(Misbehavior.Hangs)]
    [TestCase(Misbehavior.TooBusy)]
    [TestCase(Misbehavior.Rejects)]
    [TestCase(Misbehavior.CutsDuringBody)]
    [TestCase(Misbehavior.CutsBeforeQuit)]
    public async Task Mails_AreSentOnce_WhenTheServer(Misbehavior misbehavior)
    {
        var report = new FaultReport($"{transport} {misbehavior}");
        var first = server.Attempts;
        server.Behaviour = i => i - first < Failures ? Injected(report, misbehavior) : Misbehavior.None;
        await AskForLinksAsync(report);
        await DrainAsync(hangs: misbehavior == Misbehavior.Hangs);
        report.Conclude(address => server.Accepted.Count(t => t == address));
    }

    [Test]
    public async Task Mails_AreSentOnce_WhenConnectionsAreRefused()
    {
        var report = new FaultReport($"{transport} connection refused");
        proxy.Refuses = true;
        proxy.Drop();
        var before = proxy.Resets;
        await AskForLinksAsync(report);
        await Eventually(() => proxy.Resets - before >= Mails, "the attempts");
        report.Inject(proxy.Resets - before);
        proxy.Refuses = false;
        await DrainAsync();
        report.Conclude(address => server.Accepted.Count(t => t == address));
    }

    [TestCase(40)]
    [TestCase(700)]
    public async Task Mails_AreSentOnce_WhenTheConnectionIsCutAfter(int bytes)
    {
        var report = new FaultReport($"{transport} line cut after {bytes} bytes");
        proxy.CutsAfter = bytes;
        proxy.Drop();
        var before = proxy.Resets;
        await AskForLinksAsync(report);
        await Eventually(() => proxy.Resets - before >= Mails, "the attempts");
        report.Inject(proxy.Resets - before);
        proxy.CutsAfter = null;
        await DrainAsync();
        report.Conclude(address => server.Accepted.Count(t => t == address));
    }

    [Test]
    public async Task Mails_AreSentOnce_WhenTheConnectionIsSlow()
    {
        var report = new FaultReport($"{transport} slow line");
        proxy.Delay = TimeSpan.FromMilliseconds(60);
        report.Inject();
        await AskForLinksAsync(report);
        await DrainAsync();
        proxy.Delay = TimeSpan.Zero;
        report.Conclude(address => server.Accepted.Count(t => t == address));
    }

    // An hour or more: admins see the failed mails, which are sent when an admin retries them.
    [Test]
    public async Task Mails_AreKeptForARetry_WhenTheServerIsDownForHours()
    {
        var report = new FaultReport($"{transport} down for hours");
        server.Behaviour = _ => Injected(report, Misbehavior.Rejects);
        var email = TestApp.NewEmail("patient");
        using var browser = app.NewBrowser();
        report.Record(await browser.PostAsync("/auth/magic-link", new { email }), email);
        await DrainAsync(OutboxStatus.Failed);
        Assert.That(server.Accepted, Has.None.EqualTo(email));

        server.Behaviour = _ => Misbehavior.None;
        using var admin = app.NewBrowser();
        await SignInAsAdminAsync(admin);
        var failed = (await admin.GetAsync("/admin/emails?status=failed")).ShouldSucceed().Items.Single();
        Assert.That((int?)failed["attempts"], Is.EqualTo(MailSender.MaxAttempts));
        Assert.That((string?)failed["lastError"], Does.Contain("5"), "what the server said");
        (await admin.PostAsync($"/admin/emails/{(string)failed["id"]!}/retry")).ShouldSucceed(202);
        await DrainAsync();
        report.Conclude(address => server.Accepted.Count(t => t == address));
    }

    private static Misbehavior Injected(FaultReport report, Misbehavior misbehavior)
    {
        report.Inject();
        return misbehavior;
    }

    private async Task AskForLinksAsync(FaultReport report)
    {
        using var browser = app.NewBrowser();
        await Task.WhenAll(
            Enumerable
                .Range(0, Mails)
                .Select(async _ =>
                {
                    var email = TestApp.NewEmail("fault");
                    report.Record(await browser.PostAsync("/auth/magic-link", new { email }), email);
                })
        );
        Assert.That((await browser.RawAsync(HttpMethod.Get, "/health/ready")).Status, Is.EqualTo(200));
    }

    /// <summary>Advances the clock as far as the back-off requires until every mail is final.</summary>
    private async Task DrainAsync(OutboxStatus end = OutboxStatus.Sent, bool hangs = false)
    {
        // Time stands still while a mail is being sent, except for the timeout of a hanging server: otherwise the mail's lease would
        // expire.
        var (hurry, under) = (0, "");
        await Eventually(
            () =>
            {
                var left = app.InspectAsync(db =>
                        db.OutboxMails.Where(m => m.Status != end && m.Status != OutboxStatus.Sent).OrderBy(m => m.Id).ToListAsync()
                    )
                    .GetAwaiter()
                    .GetResult();
                var sending = string.Join(' ', left.Where(m => m.Status == OutboxStatus.Sending).Select(m => $"{m.Id} {m.Attempts}"));
                hurry = sending == under ? hurry + 1 : 0;
                under = sending;
                if (sending.Length > 0)
                {
                    if (hangs && hurry is > 40 and <= 56)
                    {
                        app.Clock.Advance(TimeSpan.FromSeconds(1));
                    }
                }
                else
                {
                    app.Clock.Advance(TimeSpan.FromSeconds(left.Count > 0 ? 10 : 0));
                }

                return left.Count == 0;
            },
            $"an empty outbox ({transport})"
        );
    }

    private static async Task Eventually(Func<bool> condition, string what)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !condition(); await Task.Delay(10))
        {
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), $"Waited too long for: {what}");
        }
    }

    private async Task SignInAsAdminAsync(Browser admin)
    {
        var token = await Fuzz.FuzzPeople.LinkAsync(app, TestApp.AdminEmail);
        (await admin.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
    }
}
