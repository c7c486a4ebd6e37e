using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Impersonation;

/// <summary>An expired impersonation also ends the admin's session, whose cookie the browser gave up for it.</summary>
[Category("threat-14")]
public sealed class ImpersonationEndTests
{
    private TestApp app = null!;

    [SetUp]
    public void Start() => app = TestApp.Start();

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase(-1, true)]
    [TestCase(0, false)]
    [TestCase(1, false)]
    public async Task Expiry_LeavesNoSession(int secondsPastTheHour, bool alive)
    {
        using var admin = await app.NewAdminAsync();
        using var user = await app.NewUserAsync();
        var root = await app.RootAsync();
        await admin.ActAsAsync(user.UserId);
        app.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(secondsPastTheHour));
        var sessions =
            (await root.GetAsync($"/admin/users/{admin.UserId}/sessions")).ShouldSucceed().Items.Count
            + (await root.GetAsync($"/admin/users/{user.UserId}/sessions"))
                .ShouldSucceed()
                .Items.Count(s => (string?)s["method"] == "impersonation");
        Assert.That(sessions, Is.EqualTo(alive ? 2 : 0));
        Assert.That((await admin.GetAsync("/users/me")).Status, Is.EqualTo(alive ? 200 : 401));
    }

    [Test]
    public async Task Stop_RestoresTheAdminsSessionLifetime()
    {
        using var admin = await app.NewAdminAsync();
        using var user = await app.NewUserAsync();
        await admin.ActAsAsync(user.UserId);
        app.Clock.Advance(TimeSpan.FromMinutes(50));
        (await admin.PostAsync("/auth/impersonation/stop")).ShouldSucceed();
        app.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.That((await admin.GetAsync("/auth/session")).IdOf(), Is.EqualTo(admin.UserId));
    }
}
