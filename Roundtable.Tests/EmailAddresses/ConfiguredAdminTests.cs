using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.EmailAddresses;

/// <summary>An address in <c>Auth:AdminEmails</c> becomes admin once; a later removal is permanent.</summary>
[Category("threat-43")]
public sealed class ConfiguredAdminTests
{
    private const string Chief = "Chief@example.com";
    private static readonly (string, string?)[] Settings = [("Auth:AdminEmails:0", TestApp.AdminEmail), ("Auth:AdminEmails:1", Chief)];

    private TestApp app = null!;

    [SetUp]
    public void Start() => app = TestApp.Start(Settings);

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Demotion_IsKept_AfterARestart()
    {
        using var chief = await app.SignInAsync(Chief);
        Assert.That(await IsAdminAsync(chief), Is.True);
        (
            await (await app.RootAsync()).PutAsync($"/admin/users/{chief.UserId}/roles", new { roles = Array.Empty<string>() })
        ).ShouldSucceed();
        await using var restarted = app.StartSibling(Settings);
        using var again = restarted.NewBrowser();
        await again.SignInByLinkAsync("chief@EXAMPLE.com");
        Assert.That(await IsAdminAsync(again), Is.False);
    }

    [Test]
    public async Task Deletion_RevokesTheRole_WhenTheAddressSignsUpAgain([Values("by themself", "by an admin")] string by)
    {
        using var chief = await app.SignInAsync(Chief);
        var root = await app.RootAsync();
        (await (by == "by an admin" ? root.DeleteAsync($"/admin/users/{chief.UserId}") : chief.DeleteAsync("/users/me"))).ShouldSucceed(
            204
        );
        using var again = await app.SignInAsync(Chief);
        Assert.That(again.UserId, Is.Not.EqualTo(chief.UserId));
        Assert.That(await IsAdminAsync(again), Is.False);
        await using var restarted = app.StartSibling(Settings);
        using var later = restarted.NewBrowser();
        await later.SignInByLinkAsync(Chief);
        Assert.That(await IsAdminAsync(later), Is.False);
    }

    [Test]
    public async Task Deletion_RevokesTheRole_WhenItWasGrantedByAnAdmin()
    {
        var root = await app.RootAsync();
        (await root.PostAsync("/admin/users", new { email = Chief, roles = new[] { "admin" } })).ShouldSucceed(201);
        using var chief = await app.SignInAsync(Chief);
        (await root.DeleteAsync($"/admin/users/{chief.UserId}")).ShouldSucceed(204);
        using var again = await app.SignInAsync(Chief);
        Assert.That(await IsAdminAsync(again), Is.False);
    }

    /// <summary>Simulates an admin from before grants were recorded who has not signed in since.</summary>
    [Test]
    public async Task RoleRevocation_IsKept_WhenTheGrantWasNeverRecorded(
        [Values("deletion", "demotion", "demotion and deletion", "move")] string what
    )
    {
        var root = await app.RootAsync();
        var chief = (await root.PostAsync("/admin/users", new { email = Chief, roles = new[] { "admin" } })).ShouldSucceed(201).IdOfData();
        if (what.StartsWith("demotion", StringComparison.Ordinal))
        {
            (await root.PutAsync($"/admin/users/{chief}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();
        }

        if (what.EndsWith("deletion", StringComparison.Ordinal))
        {
            (await root.DeleteAsync($"/admin/users/{chief}")).ShouldSucceed(204);
        }

        if (what == "move")
        {
            (await root.PatchAsync($"/admin/users/{chief}", new { email = TestApp.NewEmail() })).ShouldSucceed();
        }

        using var again = await app.SignInAsync(Chief);
        Assert.That(await IsAdminAsync(again), Is.False);
    }

    [Test]
    public async Task Role_IsGranted_ByTheFirstLinkButNotByAPasswordSetByAnAdmin()
    {
        var root = await app.RootAsync();
        var made = (await root.PostAsync("/admin/users", new { email = Chief, password = Person.Password })).ShouldSucceed(201);
        (await root.PatchAsync($"/admin/users/{made.IdOfData()}", new { emailVerified = true })).ShouldSucceed();
        using var stranger = app.NewBrowser();
        (await stranger.PostAsync("/auth/sign-in", new { email = Chief, password = Person.Password })).ShouldSucceed();
        Assert.That(await IsAdminAsync(stranger), Is.False);
        using var chief = await app.SignInAsync(Chief);
        Assert.That(await IsAdminAsync(chief), Is.True);
    }

    private static async Task<bool> IsAdminAsync(Browser browser) =>
        (await browser.GetAsync("/auth/session")).ShouldSucceed().Data["user"]!["roles"]!.AsArray().Any(r => (string?)r == "admin");
}
