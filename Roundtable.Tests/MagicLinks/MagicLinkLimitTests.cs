using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.MagicLinks;

/// <summary>How many links an address receives, and that response times reveal nothing.</summary>
public sealed class MagicLinkLimitTests
{
    private const int Limit = 5;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    [Category("threat-19")]
    public async Task Request_MailsAtMostFive_WithParallelCallsToTwoInstances()
    {
        await using var app = TestApp.Start();
        using var sibling = app.StartSibling();
        app.Clock.SetUtcNow(sibling.Clock.GetUtcNow());
        var email = $"{Guid.NewGuid():N}@parallel.example";
        using var here = app.NewBrowser();
        using var there = sibling.NewBrowser();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? here : there).PostAsync("/auth/magic-link", new { email }))
        );
        var mails = await app.Mail.WaitAsync(email, Limit);
        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(202));
            Assert.That(mails, Has.Count.EqualTo(Limit));
        });
        Assert.That(await SentAsync(app), Is.EqualTo(Limit));
    }

    [TestCase("true")]
    [TestCase("false")]
    public async Task Request_MailsNoSixthLink_UntilTheFirstLeavesTheWindow(string rateLimiting)
    {
        await using var app = TestApp.Start(("RateLimiting:Enabled", rateLimiting));
        using var browser = app.NewBrowser();
        var email = TestApp.NewEmail();
        for (var i = 0; i < Limit; i++)
        {
            await browser.RequestLinkAsync(email);
        }

        app.Clock.Advance(Window - Second);
        (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
        Assert.That(await SentAsync(app), Is.EqualTo(Limit), "one second before the window ends");
        app.Clock.Advance(Second);
        (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
        (await browser.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() })).ShouldSucceed(202);
        Assert.That(await SentAsync(app), Is.EqualTo(Limit + 2), "at the window's end, and for another address");
    }

    [Test]
    public async Task Request_UsesASlidingWindow()
    {
        await using var app = TestApp.Start(("Auth:MagicLink:MaxPerWindow", "2"));
        using var browser = app.NewBrowser();
        var email = TestApp.NewEmail();
        await browser.RequestLinkAsync(email);
        app.Clock.Advance(Window - Second);
        await browser.RequestLinkAsync(email);
        app.Clock.Advance(Second + Second);
        await browser.RequestLinkAsync(email);
        (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
        Assert.That(await SentAsync(app), Is.EqualTo(3));
    }

    [Test]
    public async Task Request_KeepsTheLastLinkValid_WhenTheLimitIsReached()
    {
        await using var app = TestApp.Start(("Auth:MagicLink:MaxPerWindow", "1"));
        using var browser = app.NewBrowser();
        var email = TestApp.NewEmail();
        var token = await browser.RequestLinkAsync(email);
        (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
    }

    [Test]
    [Category("threat-20")]
    public async Task Request_TakesTheSameTime_ForKnownAndUnknownAddresses()
    {
        const int rounds = 60;
        const int warmUp = 10;
        await using var app = TestApp.Start();
        var known = Enumerable.Range(0, rounds + warmUp).Select(_ => TestApp.NewEmail()).ToList();
        await app.AddUsersAsync(known);
        using var browser = app.NewBrowser();
        var (knownTimes, unknownTimes) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds + warmUp; i++)
        {
            // The order alternates so that neither kind always gets the busier moment.
            foreach (var isKnown in i % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                var email = isKnown ? known[i] : TestApp.NewEmail();
                var started = Stopwatch.GetTimestamp();
                (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
                if (i >= warmUp)
                {
                    (isKnown ? knownTimes : unknownTimes).Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }

                // Measure the response, not the previous request's mail.
                await app.Mail.WaitAsync(email);
            }
        }

        var (k, u) = (Median(knownTimes), Median(unknownTimes));
        TestContext.Out.WriteLine($"Median of {rounds}: known {k:0.00} ms, unknown {u:0.00} ms");
        Assert.That(Math.Abs(k - u) / Math.Max(k, u), Is.LessThan(0.25));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static Task<int> SentAsync(TestApp app) => app.InspectAsync(db => db.OutboxMails.CountAsync());
}
