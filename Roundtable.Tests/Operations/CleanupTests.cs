using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Operations;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Throttling;
using Roundtable.Domain.Tokens;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>Deletes expired data after its retention, and nothing else.</summary>
public sealed class CleanupTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestApp app = null!;
    private Browser user = null!;

    [SetUp]
    public async Task Start()
    {
        // Longer than any test keeps a session refreshed.
        app = TestApp.Start(("Auth:Session:AbsoluteLifetime", "365.00:00:00"));
        user = await app.NewUserAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        user.Dispose();
        await app.DisposeAsync();
    }

    [TestCase(-1, 0)]
    [TestCase(1, 1)]
    public async Task EndedSessions_AreRemovedAfter90Days_ButNoActiveOnes(int secondsPast, int gone)
    {
        using var other = await app.SignInAsync(await EmailAsync());
        (await other.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        await RefreshForAsync(TimeSpan.FromDays(90) + (secondsPast * Second));

        Assert.That((await CleanAsync()).Sessions, Is.EqualTo(gone));
        Assert.That(await CountAsync(db => db.Sessions), Is.EqualTo(2 - gone));
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase(-1, 0)]
    [TestCase(1, 1)]
    public async Task ExpiredSessions_AreRemovedAfter90Days(int secondsPast, int gone)
    {
        app.Clock.Advance(TimeSpan.FromDays(7 + 90) + (secondsPast * Second));
        Assert.That((await CleanAsync()).Sessions, Is.EqualTo(gone));
        Assert.That(await CountAsync(db => db.Sessions), Is.EqualTo(1 - gone));
    }

    [TestCase(-1, 0)]
    [TestCase(1, 1)]
    public async Task Tokens_OfEveryPurpose_AreRemovedADayAfterExpiry(int secondsPast, int gone)
    {
        await CleanAsync();
        await app.ArrangeAsync(async db =>
        {
            await db.OneTimeTokens.ExecuteDeleteAsync();
            db.OneTimeTokens.AddRange(Enum.GetValues<TokenPurpose>().Select(p => Token(p, TimeSpan.FromHours(1))));
        });
        app.Clock.Advance(TimeSpan.FromHours(25) + (secondsPast * Second));

        var purposes = Enum.GetValues<TokenPurpose>().Length;
        Assert.That((await CleanAsync()).Tokens, Is.EqualTo(gone * purposes));
        Assert.That(await CountAsync(db => db.OneTimeTokens), Is.EqualTo((1 - gone) * purposes));
    }

    [TestCase(-1, 0)]
    [TestCase(1, 1)]
    public async Task Counters_AreRemovedAnHourAfterTheirWindow(int secondsPast, int gone)
    {
        await app.ArrangeAsync(async db =>
        {
            await db.Throttles.ExecuteDeleteAsync();
            var counter = Throttle.For("test:key", new string('0', 64));
            counter.TryHit(5, TimeSpan.FromMinutes(15), app.Now);
            db.Throttles.Add(counter);
        });
        app.Clock.Advance(TimeSpan.FromMinutes(75) + (secondsPast * Second));
        Assert.That((await CleanAsync()).Limits, Is.EqualTo(gone));
    }

    [TestCase(-1, 0)]
    [TestCase(1, 1)]
    public async Task SentMails_AreRemovedAfter30Days(int secondsPast, int gone)
    {
        await SentAsync();
        app.Clock.Advance(TimeSpan.FromDays(30) + (secondsPast * Second));
        Assert.That((await CleanAsync()).SentMails, Is.EqualTo(gone));
    }

    [Test]
    public async Task PendingMails_AreKept_FailedOnesAreRemoved_AndALateRetryCountsFromItsSending()
    {
        await SentAsync();
        await app.ArrangeAsync(async db =>
        {
            await db.OutboxMails.ExecuteDeleteAsync();
            db.OutboxMails.AddRange(
                Enumerable.Range(0, 4).Select(i => OutboxMail.Create($"{i:x32}", null, "a***@example.com", "test", "none", app.Now))
            );
        });
        var (waits, leased, failed, late) = ($"{0:x32}", $"{1:x32}", $"{2:x32}", $"{3:x32}");
        app.Clock.Advance(TimeSpan.FromDays(40));
        await app.ArrangeAsync(async db =>
        {
            var (never, now) = (app.Now.AddYears(1), app.Now);
            await db
                .OutboxMails.Where(m => m.Id == waits)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.Status, OutboxStatus.Pending).SetProperty(m => m.NextAttemptAtUtc, never));
            await db
                .OutboxMails.Where(m => m.Id == leased)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.Status, OutboxStatus.Sending).SetProperty(m => m.LeasedUntilUtc, never));
            await db.OutboxMails.Where(m => m.Id == failed).ExecuteUpdateAsync(s => s.SetProperty(m => m.Status, OutboxStatus.Failed));
            await db
                .OutboxMails.Where(m => m.Id == late)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.Status, OutboxStatus.Sent).SetProperty(m => m.SentAtUtc, now));
        });

        var report = await CleanAsync();
        Assert.That((report.SentMails, report.FailedMails), Is.EqualTo((0, 1)));
        Assert.That(
            await app.InspectAsync(db => db.OutboxMails.Select(m => m.Id).Order().ToListAsync()),
            Is.EqualTo(new[] { waits, leased, late })
        );
    }

    [Test]
    public async Task Cleanup_RunsInShortTransactions()
    {
        using var log = new SqlLog();
        await using var fresh = TestApp.Start();
        await AddTokensAsync(fresh, 450);
        fresh.Clock.Advance(TimeSpan.FromDays(2));

        Assert.That((await CleanAsync(fresh)).Tokens, Is.EqualTo(450));
        var deletes = log.Of(fresh).Where(c => c.Text.Contains("DELETE FROM \"OneTimeTokens\"", StringComparison.Ordinal)).ToList();
        Assert.That(deletes, Has.Count.EqualTo(5), "four times 100, and 50");
        Assert.That(deletes.Select(d => d.Parameters.Select(p => p.Value)), Is.All.Contains(100), "the maximum of one batch");
    }

    [Test]
    public async Task Instances_CanCleanInParallel()
    {
        await using var sibling = app.StartSibling();
        await AddTokensAsync(app, 1000);
        app.Clock.Advance(TimeSpan.FromDays(2));
        sibling.Clock.Advance(TimeSpan.FromDays(2));

        var reports = await Task.WhenAll(CleanAsync(app), CleanAsync(sibling));
        Assert.That(reports.Sum(r => r.Tokens), Is.InRange(1000, 1010), "each row is counted once");
        Assert.That(await CountAsync(db => db.OneTimeTokens.Where(t => t.Purpose != TokenPurpose.KnownBrowser)), Is.Zero);
    }

    [Test]
    public async Task Worker_RunsAutomatically_UnlessDisabled([Values] bool enabled)
    {
        await using var own = TestApp.Start(("Cleanup:Enabled", enabled ? "true" : "false"));
        await AddTokensAsync(own, 1);
        own.Clock.Advance(TimeSpan.FromDays(2));
        var left = 1;
        for (var i = 0; i < (enabled ? 200 : 20) && left > 0; i++)
        {
            own.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(25);
            left = await own.InspectAsync(db => db.OneTimeTokens.CountAsync());
        }

        Assert.That(left, Is.EqualTo(enabled ? 0 : 1));
    }

    [Test]
    public async Task NewDevice_IsReported_AfterOldSessionsWereRemoved()
    {
        var email = await EmailAsync();
        app.Clock.Advance(TimeSpan.FromDays(200));
        Assert.That((await CleanAsync()).Sessions, Is.EqualTo(1));

        using var back = await app.SignInAsync(
            email,
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
        );
        await app.NewestMailAsync(email, Subjects.NewDevice);
    }

    private async Task<string> EmailAsync() => (string)(await user.GetAsync("/users/me")).ShouldSucceed().Data["email"]!;

    private Task<CleanupReport> CleanAsync() => CleanAsync(app);

    private static async Task<CleanupReport> CleanAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CleanupService>().RunAsync(CancellationToken.None);
    }

    private Task<int> CountAsync<T>(Func<RoundtableDbContext, IQueryable<T>> rows) => app.InspectAsync(db => rows(db).CountAsync());

    private OneTimeToken Token(TokenPurpose purpose, TimeSpan lifetime) => Token(app, purpose, lifetime);

    private static OneTimeToken Token(TestApp app, TokenPurpose purpose, TimeSpan lifetime) =>
        OneTimeToken.Issue(purpose, $"{Guid.NewGuid():N}{Guid.NewGuid():N}", null, Guid.NewGuid().ToString("N"), null, lifetime, app.Now);

    private static Task AddTokensAsync(TestApp app, int count) =>
        app.ArrangeAsync(db =>
        {
            db.OneTimeTokens.AddRange(Enumerable.Range(0, count).Select(_ => Token(app, TokenPurpose.MagicLink, TimeSpan.FromMinutes(5))));
            return Task.CompletedTask;
        });

    // Keeps using the session so that it does not expire itself.
    private async Task RefreshForAsync(TimeSpan time)
    {
        for (var rest = time; rest > TimeSpan.Zero; rest -= TimeSpan.FromDays(5))
        {
            app.Clock.Advance(rest < TimeSpan.FromDays(5) ? rest : TimeSpan.FromDays(5));
            (await user.GetAsync("/users/me")).ShouldSucceed();
        }
    }

    private async Task SentAsync()
    {
        for (var i = 0; await CountAsync(db => db.OutboxMails.Where(m => m.Status != OutboxStatus.Sent)) > 0; i++)
        {
            Assert.That(i, Is.LessThan(200), "The mail was not sent");
            await Task.Delay(25);
        }
    }
}
