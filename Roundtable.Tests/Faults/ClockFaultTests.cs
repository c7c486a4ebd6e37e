using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Outbox;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Faults;

/// <summary>
/// The machine's clock jumps: sessions survive, promises are kept, and no user stays locked out for as long as the clock was wrong.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class ClockFaultTests
{
    private const int Batch = 10;
    private const string Password = "violet stapler fountain";

    [TestCase(1)]
    [TestCase(24)]
    [TestCase(-1)]
    [TestCase(-24)]
    public async Task Service_KeepsWorking_WhenTheClockJumpsByHours(int hours)
    {
        var report = new FaultReport($"clock {(hours > 0 ? "forward" : "back")} {Math.Abs(hours)} h");
        await using var app = TestApp.Start();
        using var user = await app.NewUserAsync();
        using var admin = await app.NewAdminAsync();
        var locked = await LockOutAsync(app);
        var flooded = TestApp.NewEmail("flooded");
        for (var i = 0; i < 6; i++)
        {
            (await user.PostAsync("/auth/magic-link", new { email = flooded })).ShouldSucceed(202);
        }

        var oldLink = await user.RequestLinkAsync(TestApp.NewEmail("old"));
        await WorkAsync(user, report);
        await DrainAsync(app);

        app.Clock.AdjustTime(app.Clock.GetUtcNow().AddHours(hours));
        report.Inject();
        await WorkAsync(user, report);
        (await user.GetAsync("/users/me")).ShouldSucceed();
        using var browser = app.NewBrowser();
        var old = await browser.PostAsync("/auth/magic-link/verify", new { token = oldLink });
        Assert.That(old.Status, Is.EqualTo(hours > 0 ? 400 : 200), "a link is valid for five minutes of the current clock");
        (await browser.PostAsync("/auth/sign-in", new { email = locked, password = Password })).ShouldSucceed();
        await DrainAsync(app);
        (await user.PostAsync("/auth/magic-link", new { email = flooded })).ShouldSucceed(202);
        await app.Mail.WaitAsync(flooded, 6);

        app.Clock.AdjustTime(app.Clock.GetUtcNow().AddHours(-hours));
        report.Inject();
        await WorkAsync(user, report);
        await DrainAsync(app);
        (await user.GetAsync("/sessions")).ShouldSucceed();
        (await admin.GetAsync("/admin/users?sort=createdAt&limit=5")).ShouldSucceed();
        var chain = (await admin.GetAsync("/admin/audit-log/verify")).ShouldSucceed();
        Assert.That((bool?)chain.Data["valid"], Is.True, chain.Text);
        var mails = app.Mail.All().CountBy(m => m.To).ToDictionary();
        report.Conclude(address => mails.GetValueOrDefault(address));
    }

    /// <summary>Creates an account with a password that five wrong guesses have locked.</summary>
    private static async Task<string> LockOutAsync(TestApp app)
    {
        var email = TestApp.NewEmail("locked");
        using var owner = await app.SignInAsync(email);
        (await owner.PostAsync("/auth/password/change", new { newPassword = Password })).ShouldSucceed(204);
        using var guesser = app.NewBrowser();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => guesser.PostAsync("/auth/sign-in", new { email, password = $"wrong {i}" })));
        (await guesser.PostAsync("/auth/sign-in", new { email, password = Password })).ShouldFail(401, "invalid_credentials");
        return email;
    }

    private static async Task WorkAsync(Browser user, FaultReport report)
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, Batch)
                .Select(async _ =>
                {
                    var email = TestApp.NewEmail("jump");
                    report.Record(await user.PostAsync("/auth/magic-link", new { email }), email);
                })
        );
        (await user.PatchAsync("/users/me", new { name = $"Name {Guid.NewGuid():N}" })).ShouldSucceed();
    }

    private static async Task DrainAsync(TestApp app)
    {
        for (var i = 0; await app.InspectAsync(db => db.OutboxMails.AnyAsync(m => m.Status != OutboxStatus.Sent)); i++)
        {
            Assert.That(i, Is.LessThan(1000), "The outbox was not emptied");
            app.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(20);
        }
    }
}
