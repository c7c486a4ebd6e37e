using Roundtable.Tests.Support;

namespace Roundtable.Tests.Sessions;

/// <summary>The lifetime of a session, and how activity extends it.</summary>
public sealed class SessionLifetimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestApp app = null!;

    [SetUp]
    public void Start() => app = TestApp.Start();

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase(-1, 200)]
    [TestCase(0, 401)]
    [TestCase(1, 401)]
    public async Task Session_LastsSevenDays(int secondsPastTheEnd, int status)
    {
        using var user = await app.NewUserAsync();
        app.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(secondsPastTheEnd));
        Assert.That((await user.GetAsync("/users/me")).Status, Is.EqualTo(status));
    }

    [TestCase(-1, false)]
    [TestCase(0, true)]
    [TestCase(1, true)]
    public async Task Request_RefreshesTheSession_OnceADay(int secondsPastTheDay, bool refreshed)
    {
        using var user = await app.NewUserAsync();
        var (before, began) = (await ExpiresAtAsync(user), app.Now);
        Assert.That(before, Is.EqualTo(began.AddDays(7)).Within(TimeSpan.FromMilliseconds(1)));
        app.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(secondsPastTheDay));
        var answer = (await user.GetAsync("/users/me")).ShouldSucceed();
        var after = await ExpiresAtAsync(user);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Headers.ContainsKey("Set-Cookie"), Is.EqualTo(refreshed));
            Assert.That(after, Is.EqualTo(refreshed ? app.Now.AddDays(7) : before).Within(TimeSpan.FromMilliseconds(1)));
        });
        Assert.That((await user.GetAsync("/users/me")).ShouldSucceed().Headers.ContainsKey("Set-Cookie"), Is.False, "at most once a day");
    }

    [Test]
    public async Task RefreshedCookie_HasTheSameSession_AndTheNewExpiry()
    {
        using var user = await app.NewUserAsync();
        var old = user.SessionCookie!;
        app.Clock.Advance(TimeSpan.FromDays(6));
        var answer = (await user.GetAsync("/users/me")).ShouldSucceed();
        Assert.That(
            answer.Header("Set-Cookie"),
            Does.Contain("httponly").IgnoreCase.And.Contain("samesite=lax").IgnoreCase.And.Contain("path=/").IgnoreCase
        );
        var fresh = user.SessionCookie!;
        Assert.That(fresh, Is.EqualTo(old));
        app.Clock.Advance(TimeSpan.FromDays(7) - Second);
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task Session_EndsSevenDaysAfterTheLastRefresh()
    {
        using var user = await app.NewUserAsync();
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await user.GetAsync("/users/me")).ShouldSucceed();
        app.Clock.Advance(TimeSpan.FromDays(7));
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That((await user.GetAsync("/auth/session")).ShouldSucceed().Json["data"], Is.Null);
    }

    [TestCase(-1, 200)]
    [TestCase(0, 401)]
    public async Task Session_Ends90DaysAfterSignIn_WhenUsedContinuously(int secondsPastTheEnd, int status)
    {
        using var user = await app.NewUserAsync();
        var end = app.Now.AddDays(90);
        for (var day = 0; day < 88; day += 4)
        {
            app.Clock.Advance(TimeSpan.FromDays(4));
            (await user.GetAsync("/users/me")).ShouldSucceed();
        }

        Assert.That(await ExpiresAtAsync(user), Is.EqualTo(end).Within(TimeSpan.FromMilliseconds(1)));
        app.Clock.SetUtcNow(new DateTimeOffset(end).AddSeconds(secondsPastTheEnd));
        Assert.That((await user.GetAsync("/users/me")).Status, Is.EqualTo(status));
        Assert.That((await user.GetAsync("/auth/session")).ShouldSucceed().Json["data"] is not null, Is.EqualTo(status == 200));
    }

    [Test]
    public async Task Session_EndsAfterTheConfiguredMaximum_AlsoWhenStartedBefore()
    {
        using var user = await app.NewUserAsync();
        await using var strict = app.StartSibling(("Auth:Session:AbsoluteLifetime", "1.00:00:00"));
        using var there = strict.NewBrowser();
        there.SessionCookie = user.SessionCookie;
        (await there.GetAsync("/users/me")).ShouldSucceed();
        strict.Clock.Advance(TimeSpan.FromDays(1));
        (await there.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        using var brief = await strict.NewUserAsync();
        Assert.That(await ExpiresAtAsync(brief), Is.EqualTo(strict.Now.AddDays(1)).Within(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    public async Task Session_LastsAsLongAsConfigured()
    {
        await using var brief = TestApp.Start(("Auth:Session:Lifetime", "02:00:00"), ("Auth:Session:RefreshAfter", "00:30:00"));
        using var user = await brief.NewUserAsync();
        brief.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.That((await user.GetAsync("/users/me")).ShouldSucceed().Headers.ContainsKey("Set-Cookie"), Is.True);
        brief.Clock.Advance(TimeSpan.FromHours(2));
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task LastSeen_IsAccurate_ToWithinMinutes()
    {
        var admin = await app.RootAsync();
        using var user = await app.NewUserAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await user.GetAsync("/users/me")).ShouldSucceed();
        var seen = (DateTime)(await admin.GetAsync($"/admin/users/{user.UserId}")).ShouldSucceed().Data["lastSeenAt"]!;
        var session = (await user.GetAsync("/sessions")).Items[0];
        Assert.Multiple(() =>
        {
            Assert.That(seen, Is.EqualTo(app.Now).Within(TimeSpan.FromMinutes(5)));
            Assert.That((DateTime)session["lastSeenAt"]!, Is.EqualTo(app.Now).Within(TimeSpan.FromMinutes(5)));
        });
    }

    private static async Task<DateTime> ExpiresAtAsync(Browser user) =>
        (DateTime)(await user.GetAsync("/auth/session")).ShouldSucceed().Data["session"]!["expiresAt"]!;
}
