using Roundtable.Domain.Roles;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>Admins create, edit and delete accounts, and help users sign in.</summary>
public sealed class UserAdministrationTests
{
    private const string Password = "correct horse battery";

    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [Test]
    public async Task Create_CreatesTheAccount_AndSendsAnInvitation()
    {
        var email = TestApp.NewEmail("invited");
        var answer = (
            await admin.PostAsync(
                "/admin/users",
                new
                {
                    email,
                    name = "Grace",
                    roles = new[] { "admin" },
                    sendInvitation = true,
                }
            )
        ).ShouldSucceed(201);
        var id = answer.IdOfData();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("Location"), Does.EndWith($"/api/v1/admin/users/{id}"));
            Assert.That(answer.Header("ETag"), Is.Not.Empty);
            Assert.That((string?)answer.Data["name"], Is.EqualTo("Grace"));
            Assert.That((bool?)answer.Data["emailVerified"], Is.False);
            Assert.That(answer.Data["roles"]!.AsArray().Select(r => (string?)r), Is.EquivalentTo(new[] { "admin", "user" }));
        });
        Assert.That((await admin.GetAsync(answer.Header("Location"))).ShouldSucceed().Header("ETag"), Is.EqualTo(answer.Header("ETag")));
        using var browser = App.NewBrowser();
        var token = (await App.Mail.WaitAsync(email, 1, "magic-link"))[0].Token;
        var signedIn = (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
        Assert.That(signedIn.IdOf(), Is.EqualTo(id));
        (await browser.GetAsync("/admin/users")).ShouldSucceed();
        Assert.That((await admin.GetAsync($"/admin/audit-log?target={id}&action=user.created")).Items, Has.Count.EqualTo(1));
    }

    [TestCase(-1, true)]
    [TestCase(1, false)]
    public async Task Invitations_AreValidForAWeek(int seconds, bool works)
    {
        await using var app = TestApp.Start();
        var email = TestApp.NewEmail("invited");
        (await (await app.RootAsync()).PostAsync("/admin/users", new { email, sendInvitation = true })).ShouldSucceed(201);
        var token = (await app.Mail.WaitAsync(email, 1, "magic-link"))[0].Token;
        app.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(seconds));
        using var browser = app.NewBrowser();
        var answer = await browser.PostAsync("/auth/magic-link/verify", new { token });
        if (works)
        {
            answer.ShouldSucceed();
        }
        else
        {
            answer.ShouldFail(400, "invalid_token");
        }
    }

    [Test]
    public async Task Create_RefusesTakenAddresses_AndInvalidBodies()
    {
        using var user = await App.NewUserAsync();
        var email = (string)(await user.GetAsync("/users/me")).Data["email"]!;
        (await admin.PostAsync("/admin/users", new { email = email.ToUpperInvariant() })).ShouldFail(409, "email_taken");
        foreach (
            var body in new object[]
            {
                new { },
                new { email = "nobody" },
                new { email = TestApp.NewEmail(), name = " " },
                new { email = TestApp.NewEmail(), roles = new[] { "nobodys-role" } },
                new { email = TestApp.NewEmail(), password = "short" },
                new { email = TestApp.NewEmail(), emailVerified = true },
                new { email = TestApp.NewEmail(), id = "1" },
                new { email = TestApp.NewEmail(), roles = new string?[] { null } },
            }
        )
        {
            (await admin.PostAsync("/admin/users", body)).ShouldFail(400, "validation_failed");
        }
    }

    [Test]
    public async Task Create_WithRolesThatTheCallerLacks_IsForbidden()
    {
        using var clerk = await App.NewStaffAsync("users:create");
        var email = TestApp.NewEmail();
        (await clerk.PostAsync("/admin/users", new { email, roles = new[] { "admin" } })).ShouldFail(403, "forbidden");
        (await clerk.PostAsync("/admin/users", new { email })).ShouldSucceed(201);
    }

    [Test]
    public async Task Create_SucceedsOnce_WhenCalledInParallel()
    {
        var email = TestApp.NewEmail("race");
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => admin.PostAsync("/admin/users", new { email = i % 2 == 0 ? email : email.ToUpperInvariant() }))
        );
        Assert.That(answers.Count(a => a.Status == 201), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status != 201).Select(a => a.Code), Is.All.EqualTo("email_taken"));
    }

    [Test]
    public async Task Update_ChangesUserAndProfile_AndHonoursIfMatch()
    {
        using var user = await App.NewUserAsync();
        var path = $"/admin/users/{user.UserId}";
        var old = (await admin.GetAsync(path)).Header("ETag");
        var answer = (
            await admin.PatchAsync(
                path,
                new
                {
                    name = "Ada",
                    bio = "Counts",
                    timeZone = "Europe/London",
                },
                ("If-Match", old)
            )
        ).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Data["name"], Is.EqualTo("Ada"));
            Assert.That((string?)answer.Data["profile"]!["bio"], Is.EqualTo("Counts"));
            Assert.That(answer.Header("ETag"), Is.Not.EqualTo(old));
        });
        (await admin.PatchAsync(path, new { name = "Bea" }, ("If-Match", old))).ShouldFail(412, "stale_version");
        (await admin.DeleteAsync(path, ("If-Match", old))).ShouldFail(412, "stale_version");
        (await admin.PatchAsync(path, new { roles = new[] { "admin" } })).ShouldFail(400, "validation_failed");
        (await admin.PatchAsync(path, new { banned = true })).ShouldFail(400, "validation_failed");
        (await admin.PatchAsync(path, new { email = (string?)null })).ShouldFail(400, "validation_failed");
        var cleared = (await admin.PatchAsync(path, new { bio = (string?)null })).ShouldSucceed();
        Assert.That((string?)cleared.Data["name"], Is.EqualTo("Ada"));
        Assert.That(cleared.Data["profile"]!["bio"], Is.Null);
    }

    [Test]
    public async Task ChangedAddress_EndsPendingLinks_AndIsUnverified()
    {
        var (old, moved) = (TestApp.NewEmail("old"), TestApp.NewEmail("moved"));
        using var user = await App.SignInAsync(old);
        using var browser = App.NewBrowser();
        var token = await browser.RequestLinkAsync(old);
        (await user.PostAsync("/auth/email/change", new { newEmail = TestApp.NewEmail("pending") })).ShouldSucceed(202);
        var answer = (await admin.PatchAsync($"/admin/users/{user.UserId}", new { email = moved })).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Data["email"], Is.EqualTo(moved));
            Assert.That((bool?)answer.Data["emailVerified"], Is.False);
        });
        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldFail(400, "invalid_token");
        Assert.That((await browser.SignInByLinkAsync(moved)).IdOf(), Is.EqualTo(user.UserId));
        using var other = await App.NewUserAsync();
        (await admin.PatchAsync($"/admin/users/{other.UserId}", new { email = moved.ToUpperInvariant() })).ShouldFail(409, "email_taken");
    }

    [Test]
    [Category("threat-12")]
    public async Task Delete_RemovesAllRowsOfTheUser()
    {
        var email = TestApp.NewEmail("gone");
        using var user = await App.SignInAsync(email);
        using var helper = await App.NewUserAsync();
        await App.GiveAsync(user.UserId, await App.NewRoleAsync("users:impersonate"));
        (await user.PatchAsync("/users/me", new { bio = "Here" })).ShouldSucceed();
        (await user.PostAsync("/auth/password/change", new { newPassword = Password })).ShouldSucceed(204);
        (await user.PostAsync("/auth/email/change", new { newEmail = TestApp.NewEmail("pending") })).ShouldSucceed(202);
        (await user.PostAsync("/auth/sign-in", new { email, password = "wrong wrong wrong" })).ShouldFail(401, "invalid_credentials");
        using var again = await App.SignInAsync(email);
        await again.ActAsAsync(helper.UserId);
        await user.RequestLinkAsync(email);
        (await admin.DeleteAsync($"/admin/users/{user.UserId}")).ShouldSucceed(204);

        Assert.That(await App.FindRowsAsync(user.UserId), Is.Empty);
        Assert.That(await App.FindRowsAsync(email.ToUpperInvariant()), Is.Empty);
        Assert.That(await App.FindRowsAsync(email), Is.Empty);
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await again.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await admin.GetAsync($"/admin/users/{user.UserId}")).ShouldFail(404, "not_found");
        (await admin.DeleteAsync($"/admin/users/{user.UserId}")).ShouldFail(404, "not_found");
        Assert.That((await admin.GetAsync($"/admin/audit-log?target={user.UserId}&action=user.deleted")).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Delete_IsRefused_ForOneselfAndTheLastAdmin()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        (await root.DeleteAsync($"/admin/users/{root.UserId}")).ShouldFail(409, "not_on_yourself");
        using var clerk = await app.NewStaffAsync([.. Permissions.All]);
        (await clerk.DeleteAsync($"/admin/users/{root.UserId}")).ShouldFail(409, "last_admin");
        (await root.DeleteAsync("/users/me")).ShouldFail(409, "last_admin");
    }

    [Test]
    public async Task SetPassword_EndsSessions_AndChangesThePassword()
    {
        var email = TestApp.NewEmail();
        using var user = await App.SignInAsync(email);
        (await admin.PutAsync($"/admin/users/{user.UserId}/password", new { password = "short" })).ShouldFail(400, "validation_failed");
        (await user.GetAsync("/users/me")).ShouldSucceed();
        var mails = App.Mail.To(email).Count;
        (await admin.PutAsync($"/admin/users/{user.UserId}/password", new { password = Password })).ShouldSucceed(204);
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await user.PostAsync("/auth/sign-in", new { email, password = Password })).ShouldSucceed();
        await App.Mail.WaitAsync(email, mails + 1);
        (await admin.PutAsync($"/admin/users/{new string('0', 32)}/password", new { password = Password })).ShouldFail(404, "not_found");
    }

    [Test]
    public async Task PasswordAndAddress_CannotBeSet_WhenTheUserHasMorePermissions()
    {
        using var clerk = await App.NewStaffAsync("users:set-password", "users:update");
        using var user = await App.NewUserAsync();
        foreach (var target in new[] { admin.UserId, (await App.NewStaffAsync("audit:read")).UserId })
        {
            (await clerk.PutAsync($"/admin/users/{target}/password", new { password = Password })).ShouldFail(403, "forbidden");
            (await clerk.PatchAsync($"/admin/users/{target}", new { email = TestApp.NewEmail() })).ShouldFail(403, "forbidden");
            (await clerk.PatchAsync($"/admin/users/{target}", new { emailVerified = false })).ShouldFail(403, "forbidden");
        }

        (await clerk.PutAsync($"/admin/users/{user.UserId}/password", new { password = Password })).ShouldSucceed(204);
        (await clerk.PatchAsync($"/admin/users/{user.UserId}", new { email = TestApp.NewEmail() })).ShouldSucceed();
        (await admin.GetAsync("/admin/users")).ShouldSucceed();
    }

    [Test]
    public async Task MailsSentByAdmins_DoNotCountTowardsTheLimit()
    {
        var email = TestApp.NewEmail("five");
        var id = (await admin.PostAsync("/admin/users", new { email, sendInvitation = true })).ShouldSucceed(201).IdOfData();
        for (var i = 0; i < 6; i++)
        {
            (await admin.PostAsync($"/admin/users/{id}/magic-link")).ShouldSucceed(202);
        }

        await App.Mail.WaitAsync(email, 7, "magic-link");
        using var browser = App.NewBrowser();
        var token = "";
        for (var i = 0; i < 5; i++)
        {
            token = await browser.RequestLinkAsync(email);
        }

        (await admin.PostAsync($"/admin/users/{id}/magic-link")).ShouldSucceed(202);
        var sent = (await App.Mail.WaitAsync(email, 13, "magic-link"))[^1].Token;
        Assert.That(sent, Is.Not.EqualTo(token));
        Assert.That(await WorksAsync(sent), Is.True);
    }

    [Test]
    public async Task Unlock_EndsTheLockout_AndResetsTheLimits()
    {
        var email = TestApp.NewEmail("locked");
        var id = (await admin.PostAsync("/admin/users", new { email, password = Password })).ShouldSucceed(201).IdOfData();
        (await admin.PatchAsync($"/admin/users/{id}", new { emailVerified = true })).ShouldSucceed();
        using var browser = App.NewBrowser();
        for (var i = 0; i < 12; i++)
        {
            await browser.PostAsync("/auth/sign-in", new { email, password = "wrong wrong wrong" });
        }

        (await browser.PostAsync("/auth/sign-in", new { email, password = Password })).ShouldFail(401, "invalid_credentials");
        (await admin.PostAsync($"/admin/users/{id}/unlock")).ShouldSucceed(204);
        (await browser.PostAsync("/auth/sign-in", new { email, password = Password })).ShouldSucceed();
        for (var i = 0; i < 5; i++)
        {
            await browser.RequestLinkAsync(email);
        }

        (await admin.PostAsync($"/admin/users/{id}/unlock")).ShouldSucceed(204);
        Assert.That(await browser.RequestLinkAsync(email), Is.Not.Empty);
        (await admin.PostAsync($"/admin/users/{new string('0', 32)}/unlock")).ShouldFail(404, "not_found");
    }

    private static async Task<bool> WorksAsync(string token)
    {
        using var browser = App.NewBrowser();
        return (await browser.PostAsync("/auth/magic-link/verify", new { token })).Status == 200;
    }
}
