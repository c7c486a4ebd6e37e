using Roundtable.Domain.Roles;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>What admins may do to users (read, ban, assign roles, end sessions), and what they may not.</summary>
public sealed class AdminUserTests
{
    private static TestApp App => TestApp.Current;

    private Browser admin = null!;
    private string unknown = null!;

    [OneTimeSetUp]
    public async Task SignIn() => (admin, unknown) = (await App.NewAdminAsync(), Guid.NewGuid().ToString("N"));

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [Test]
    public async Task Get_ReturnsTheAccount_WithItsVersion()
    {
        using var user = await App.NewUserAsync();
        var own = await user.GetAsync("/users/me");
        var answer = (await admin.GetAsync($"/admin/users/{user.UserId}")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Data.ToJsonString(), Is.EqualTo(own.Data.ToJsonString()));
            Assert.That(answer.Header("ETag"), Is.EqualTo(own.Header("ETag")));
        });
    }

    [Test]
    public async Task UnknownUsers_AreNotFound()
    {
        (await admin.GetAsync($"/admin/users/{unknown}")).ShouldFail(404, "not_found");
        (await admin.PostAsync($"/admin/users/{unknown}/ban", new { reason = "Spam" })).ShouldFail(404, "not_found");
        (await admin.PostAsync($"/admin/users/{unknown}/unban")).ShouldFail(404, "not_found");
        (await admin.PutAsync($"/admin/users/{unknown}/roles", new { roles = new[] { "user" } })).ShouldFail(404, "not_found");
        (await admin.GetAsync($"/admin/users/{unknown}/sessions")).ShouldFail(404, "not_found");
        (await admin.DeleteAsync($"/admin/users/{unknown}/sessions")).ShouldFail(404, "not_found");
        (await admin.DeleteAsync($"/admin/sessions/{unknown}")).ShouldFail(404, "not_found");
    }

    [Test]
    public async Task Ban_ShowsReasonAndExpiry()
    {
        using var user = await App.NewUserAsync();
        var until = new DateTimeOffset(App.Now.AddDays(2)).ToOffset(TimeSpan.FromHours(2));
        var answer = (
            await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam", expiresAt = until.ToString("O") })
        ).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((bool?)answer.Data["banned"], Is.True);
            Assert.That((string?)answer.Data["banReason"], Is.EqualTo("Spam"));
            Assert.That((string?)answer.Data["banExpiresAt"], Does.EndWith("Z"));
            Assert.That((DateTime?)answer.Data["banExpiresAt"], Is.EqualTo(until.UtcDateTime));
            Assert.That(answer.Header("ETag"), Is.Not.Empty);
        });
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        var again = (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "More spam" })).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)again.Data["banReason"], Is.EqualTo("More spam"));
            Assert.That(again.Data["banExpiresAt"], Is.Null);
        });
        var lifted = (await admin.PostAsync($"/admin/users/{user.UserId}/unban")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((bool?)lifted.Data["banned"], Is.False);
            Assert.That(lifted.Data["banReason"], Is.Null);
            Assert.That(lifted.Data["banExpiresAt"], Is.Null);
        });
        (await admin.PostAsync($"/admin/users/{user.UserId}/unban")).ShouldSucceed();
    }

    [TestCase("{}", "reason")]
    [TestCase("{\"reason\":null}", "reason")]
    [TestCase("{\"reason\":\"\"}", "reason")]
    [TestCase("{\"reason\":\"  \"}", "reason")]
    [TestCase("{\"reason\":1}", "reason")]
    [TestCase("{\"reason\":\"a\\u0000b\"}", "reason")]
    [TestCase("{\"reason\":\"a\\u001bb\"}", "reason")]
    [TestCase("{\"reason\":\"\\ud800\"}", "reason")]
    [TestCase("{\"reason\":\"a\\u202eb\"}", "reason")]
    [TestCase("{\"reason\":\"\\ufffe\"}", "reason")]
    [TestCase("{\"reason\":\"Spam\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}", "expiresAt")]
    [TestCase("{\"reason\":\"Spam\",\"expiresAt\":\"tomorrow\"}", "expiresAt")]
    [TestCase("{\"reason\":\"Spam\",\"expiresAt\":\"\"}", "expiresAt")]
    [TestCase("{\"reason\":\"Spam\",\"expiresAt\":1}", "expiresAt")]
    [TestCase("{\"reason\":\"Spam\",\"expiresAt\":\"99999-01-01T00:00:00Z\"}", "expiresAt")]
    [TestCase("{\"reason\":\"Spam\",\"until\":null}", "until")]
    [TestCase("{\"reason\":\"Spam\",\"userId\":\"1\"}", "userId")]
    [TestCase("{\"reason\":\"Spam\",\"reason\":\"Ham\"}", null)]
    public async Task Ban_RefusesInvalidBodies(string body, string? field)
    {
        using var user = await App.NewUserAsync();
        var answer = (await admin.PostAsync($"/admin/users/{user.UserId}/ban", body)).ShouldFail(400, "validation_failed");
        if (field is not null)
        {
            Assert.That(answer.Json["errors"]!.AsObject().Select(e => e.Key), Does.Contain(field).Or.Contain("body"));
        }

        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task Ban_LimitsTheReasonsLength()
    {
        using var user = await App.NewUserAsync();
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = new string('x', 501) })).ShouldFail(
            400,
            "validation_failed"
        );
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = new string('"', 500) })).ShouldSucceed();
    }

    [TestCase(-1, true)]
    [TestCase(0, false)]
    [TestCase(1, false)]
    public async Task Ban_ExpiresAutomatically(int secondsPastTheEnd, bool banned)
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        var email = TestApp.NewEmail();
        using var user = await app.SignInAsync(email);
        (
            await root.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Cool down", expiresAt = app.Now.AddMinutes(4) })
        ).ShouldSucceed();
        var token = await user.RequestLinkAsync(email);
        app.Clock.Advance(TimeSpan.FromMinutes(4) + TimeSpan.FromSeconds(secondsPastTheEnd));

        var read = (await root.GetAsync($"/admin/users/{user.UserId}")).ShouldSucceed().Data;
        var listed = (await root.GetAsync("/admin/users?banned=true")).ShouldSucceed().Items;
        Assert.Multiple(() =>
        {
            Assert.That((bool?)read["banned"], Is.EqualTo(banned));
            Assert.That((string?)read["banReason"], Is.EqualTo(banned ? "Cool down" : null));
            Assert.That(read["banExpiresAt"] is not null, Is.EqualTo(banned));
            Assert.That(listed, Has.Count.EqualTo(banned ? 1 : 0));
        });
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        var answer = await user.PostAsync("/auth/magic-link/verify", new { token });
        if (banned)
        {
            answer.ShouldFail(403, "user_banned");
        }
        else
        {
            answer.ShouldSucceed();
        }
    }

    [Test]
    public async Task Roles_AreReplaced_ButUserRoleIsKept()
    {
        using var user = await App.NewUserAsync();
        var made = (await admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = new[] { "admin", "admin" } })).ShouldSucceed();
        Assert.That(made.Data["roles"]!.AsArray().Select(r => (string?)r), Is.EquivalentTo(new[] { "admin", "user" }));
        (await user.GetAsync("/admin/users")).ShouldSucceed();
        var taken = (await admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();
        Assert.That(taken.Data["roles"]!.AsArray().Select(r => (string?)r), Is.EqualTo(new[] { "user" }));
        (await user.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase("{}")]
    [TestCase("{\"roles\":null}")]
    [TestCase("{\"roles\":\"admin\"}")]
    [TestCase("{\"roles\":{\"0\":\"admin\"}}")]
    [TestCase("{\"roles\":[\"admin\",\"nobody\"]}")]
    [TestCase("{\"roles\":[\"ADMIN\"]}")]
    [TestCase("{\"roles\":[\"\"]}")]
    [TestCase("{\"roles\":[\"admin \"]}")]
    [TestCase("{\"roles\":[null]}")]
    [TestCase("{\"roles\":[\"user\",null]}")]
    [TestCase("{\"roles\":[1]}")]
    [TestCase("{\"roles\":[[\"admin\"]]}")]
    [TestCase("{\"roles\":[\"\\u0000\"]}")]
    [TestCase("{\"roles\":[\"admin\"],\"id\":\"1\"}")]
    [TestCase("[\"admin\"]")]
    public async Task Roles_RefuseInvalidBodies(string body)
    {
        using var user = await App.NewUserAsync();
        (await admin.PutAsync($"/admin/users/{user.UserId}/roles", body)).ShouldFail(400, "validation_failed");
        (await user.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
    }

    [Test]
    public async Task Roles_AreLimitedInNumber()
    {
        using var user = await App.NewUserAsync();
        var many = Enumerable.Range(0, 100_000).Select(i => "user").ToArray();
        (await admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = many })).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task Changes_HonourIfMatch()
    {
        using var user = await App.NewUserAsync();
        var path = $"/admin/users/{user.UserId}";
        var old = (await admin.GetAsync(path)).Header("ETag");
        (await user.PatchAsync("/users/me", new { name = "New" })).ShouldSucceed();
        (await admin.PostAsync($"{path}/ban", new { reason = "Spam" }, ("If-Match", old))).ShouldFail(412, "stale_version");
        (await admin.PostAsync($"{path}/unban", null, ("If-Match", old))).ShouldFail(412, "stale_version");
        (await admin.PutAsync($"{path}/roles", new { roles = new[] { "user" } }, ("If-Match", old))).ShouldFail(412, "stale_version");
        var current = (await admin.GetAsync(path)).Header("ETag");
        current = (await admin.PutAsync($"{path}/roles", new { roles = new[] { "user" } }, ("If-Match", current)))
            .ShouldSucceed()
            .Header("ETag");
        (await admin.PostAsync($"{path}/ban", new { reason = "Spam" }, ("If-Match", current))).ShouldSucceed();
    }

    [Test]
    public async Task Admins_CannotBanOrDemoteThemselves()
    {
        (await admin.PostAsync($"/admin/users/{admin.UserId}/ban", new { reason = "Oops" })).ShouldFail(409, "not_on_yourself");
        (await admin.PutAsync($"/admin/users/{admin.UserId}/roles", new { roles = new[] { "user" } })).ShouldFail(409, "not_on_yourself");
        (await admin.PutAsync($"/admin/users/{admin.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldFail(
            409,
            "not_on_yourself"
        );
        (await admin.GetAsync("/admin/users")).ShouldSucceed();
    }

    [Test]
    public async Task LastAdmin_CannotBeRemoved_ByAnyone()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        (await root.PostAsync($"/admin/users/{root.UserId}/ban", new { reason = "Oops" })).ShouldFail(409, "not_on_yourself");
        await app.ArrangeAsync(async db => await db.Roles.AddAsync(Role.Create("deputy", Permissions.All, app.Now)));
        using var manager = await app.NewUserAsync();
        (await root.PutAsync($"/admin/users/{manager.UserId}/roles", new { roles = new[] { "deputy" } })).ShouldSucceed();

        (await manager.PostAsync($"/admin/users/{root.UserId}/ban", new { reason = "Coup" })).ShouldFail(409, "last_admin");
        (await manager.PutAsync($"/admin/users/{root.UserId}/roles", new { roles = new[] { "user" } })).ShouldFail(409, "last_admin");
        (await root.GetAsync("/admin/users")).ShouldSucceed();

        // A banned admin does not count: with a banned second admin, the first is still the last.
        using var second = await app.NewAdminAsync();
        (await root.PostAsync($"/admin/users/{second.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await manager.PutAsync($"/admin/users/{root.UserId}/roles", new { roles = new[] { "user" } })).ShouldFail(409, "last_admin");
        (await manager.PostAsync($"/admin/users/{second.UserId}/unban")).ShouldSucceed();
        (await manager.PutAsync($"/admin/users/{root.UserId}/roles", new { roles = new[] { "user" } })).ShouldSucceed();
        (await root.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
    }

    [Test]
    public async Task Managers_CannotGrantPermissionsTheyLack()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        await AddManagersAsync(app);
        using var manager = await app.NewUserAsync();
        using var friend = await app.NewUserAsync();
        (await root.PutAsync($"/admin/users/{manager.UserId}/roles", new { roles = new[] { "manager" } })).ShouldSucceed();
        Assert.That(
            (await manager.GetAsync("/auth/session")).Data["permissions"]!.AsArray().Select(p => (string?)p),
            Is.EquivalentTo(new[] { "users:ban", "users:list", "users:set-role" })
        );

        (await manager.PutAsync($"/admin/users/{friend.UserId}/roles", new { roles = new[] { "admin" } })).ShouldFail(403, "forbidden");
        (await manager.PutAsync($"/admin/users/{friend.UserId}/roles", new { roles = new[] { "reader" } })).ShouldFail(403, "forbidden");
        (await manager.PutAsync($"/admin/users/{manager.UserId}/roles", new { roles = new[] { "manager", "admin" } })).ShouldFail(
            403,
            "forbidden"
        );
        (await manager.PutAsync($"/admin/users/{friend.UserId}/roles", new { roles = new[] { "manager" } })).ShouldSucceed();
        (await manager.GetAsync("/admin/users")).ShouldSucceed();
        (await manager.GetAsync($"/admin/users/{friend.UserId}")).ShouldFail(403, "forbidden");
        (await manager.GetAsync("/admin/audit-log")).ShouldFail(403, "forbidden");
        var seen = (await manager.GetAsync($"/users/{friend.UserId}")).ShouldSucceed();
        Assert.That(seen.Data.AsObject().ContainsKey("email"), Is.False, "without users:read only the public profile");
        (await root.PutAsync($"/admin/users/{friend.UserId}/roles", new { roles = new[] { "reader" } })).ShouldSucceed();
        var whole = (await friend.GetAsync($"/users/{manager.UserId}")).ShouldSucceed();
        Assert.That(whole.Data.AsObject().ContainsKey("email"), Is.True, "users:read through a role");
    }

    [Test]
    public async Task Demotion_LeavesOneAdmin_WhenTwoDemoteEachOther([Values] bool ban)
    {
        await using var app = TestApp.Start();
        await using var sibling = app.StartSibling();
        var root = await app.RootAsync();
        var email = TestApp.NewEmail("second");
        using var second = await app.SignInAsync(email);
        using var elsewhere = sibling.NewBrowser();
        elsewhere.SessionCookie = second.SessionCookie;
        for (var round = 0; round < (ban ? 1 : 5); round++)
        {
            (await root.PutAsync($"/admin/users/{second.UserId}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
            var answers = await Task.WhenAll(BanOrDemoteAsync(root, second.UserId, ban), BanOrDemoteAsync(elsewhere, root.UserId, ban));
            Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1), string.Join('\n', answers.Select(a => a.Text)));
            Assert.That(
                answers.Single(a => a.Status != 200).Code,
                Is.EqualTo("last_admin").Or.EqualTo("forbidden").Or.EqualTo("unauthenticated")
            );
            if (answers[1].Status == 200)
            {
                (await second.GetAsync("/admin/users")).ShouldSucceed();
                if (!ban)
                {
                    (await second.PutAsync($"/admin/users/{root.UserId}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
                    (await root.PutAsync($"/admin/users/{second.UserId}/roles", new { roles = new[] { "user" } })).ShouldSucceed();
                }
            }
            else
            {
                (await root.GetAsync("/admin/users")).ShouldSucceed();
            }
        }
    }

    [Test]
    public async Task Sessions_AreListedAndEnded()
    {
        var email = TestApp.NewEmail();
        using var first = await App.SignInAsync(email);
        using var second = App.NewBrowser("curl/8.0");
        var id = (await second.SignInByLinkAsync(email)).IdOf("session");
        var list = (await admin.GetAsync($"/admin/users/{first.UserId}/sessions")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(list.Items, Has.Count.EqualTo(2));
            Assert.That(list.Items.Select(s => (bool)s["current"]!), Is.All.False);
            Assert.That(list.Items.Select(s => (string?)s["device"]), Is.EquivalentTo(new[] { "Firefox on Linux", "curl" }));
        });
        (await admin.DeleteAsync($"/admin/sessions/{id}")).ShouldSucceed(204);
        (await second.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await first.GetAsync("/users/me")).ShouldSucceed();
        (await admin.DeleteAsync($"/admin/sessions/{id}")).ShouldFail(404, "not_found");
        (await admin.DeleteAsync($"/admin/users/{first.UserId}/sessions")).ShouldSucceed(204);
        (await first.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That((await admin.GetAsync($"/admin/users/{first.UserId}/sessions")).Items, Is.Empty);
        var own = (await admin.GetAsync($"/admin/users/{admin.UserId}/sessions")).Items;
        Assert.That(own.Select(s => (bool)s["current"]!), Is.EqualTo(new[] { true }));
    }

    private static Task<Answer> BanOrDemoteAsync(Browser by, string id, bool ban) =>
        ban
            ? by.PostAsync($"/admin/users/{id}/ban", new { reason = "Coup" })
            : by.PutAsync($"/admin/users/{id}/roles", new { roles = new[] { "user" } });

    // Roles have no endpoints of their own yet.
    private static Task AddManagersAsync(TestApp app) =>
        app.ArrangeAsync(db =>
        {
            db.Roles.Add(Role.Create("manager", ["users:ban", "users:list", "users:set-role"], app.Now));
            db.Roles.Add(Role.Create("reader", ["users:read"], app.Now));
            return Task.CompletedTask;
        });
}
