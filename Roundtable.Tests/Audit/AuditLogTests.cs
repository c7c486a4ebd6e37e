using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Audit;

/// <summary>One entry for every change: who did what to whom, from where.</summary>
public sealed class AuditLogTests
{
    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [TestCase("user.banned")]
    [TestCase("user.unbanned")]
    [TestCase("user.rolesChanged")]
    [TestCase("sessions.revoked")]
    [TestCase("session.revoked")]
    public async Task AdminActions_AreLogged_WithAllDetails(string action)
    {
        using var target = App.NewBrowser();
        var sessionId = (await target.SignInByLinkAsync(TestApp.NewEmail())).IdOf("session");
        var requestId = Guid.NewGuid().ToString("N");
        var id = ("X-Request-Id", requestId);
        var path = $"/admin/users/{target.UserId}";
        var answer = action switch
        {
            "user.banned" => await admin.PostAsync($"{path}/ban", new { reason = "Spam" }, id),
            "user.unbanned" => await admin.PostAsync($"{path}/unban", null, id),
            "user.rolesChanged" => await admin.PutAsync($"{path}/roles", new { roles = new[] { "admin" } }, id),
            "sessions.revoked" => await admin.DeleteAsync($"{path}/sessions", id),
            _ => await admin.DeleteAsync($"/admin/sessions/{sessionId}", id),
        };
        Assert.That(answer.Status, Is.AnyOf(200, 204), answer.Text);
        var (type, targetId) = action == "session.revoked" ? ("session", sessionId) : ("user", target.UserId);
        var entry = (await admin.GetAsync($"/admin/audit-log?target={targetId}&action={action}")).ShouldSucceed().Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That(
                entry.AsObject().Select(m => m.Key),
                Is.EquivalentTo(
                    new[]
                    {
                        "id",
                        "createdAt",
                        "action",
                        "actor",
                        "onBehalfOf",
                        "target",
                        "subject",
                        "ipAddress",
                        "userAgent",
                        "device",
                        "requestId",
                        "details",
                    }
                )
            );
            Assert.That((string?)entry["action"], Is.EqualTo(action));
            Assert.That((string?)entry["actor"]!["id"], Is.EqualTo(admin.UserId));
            Assert.That((string?)entry["actor"]!["email"], Does.StartWith("admin-"));
            Assert.That(entry["onBehalfOf"], Is.Null);
            Assert.That((string?)entry["target"]!["type"], Is.EqualTo(type));
            Assert.That((string?)entry["target"]!["id"], Is.EqualTo(targetId));
            Assert.That((string?)entry["ipAddress"], Is.EqualTo("127.0.0.1").Or.EqualTo("::1"));
            Assert.That((string?)entry["userAgent"], Does.Contain("Firefox"));
            Assert.That((string?)entry["requestId"], Is.EqualTo(requestId));
            Assert.That((DateTime)entry["createdAt"]!, Is.EqualTo(App.Now).Within(TimeSpan.FromSeconds(1)));
            Assert.That(entry["details"], Is.InstanceOf<JsonObject>());
            switch (action)
            {
                case "user.banned":
                    Assert.That((string?)entry["details"]!["reason"], Is.EqualTo("Spam"));
                    break;
                case "session.revoked":
                    Assert.That((string?)entry["details"]!["userId"], Is.EqualTo(target.UserId));
                    break;
                default:
                    break;
            }
        });
    }

    [Test]
    public async Task OwnActions_AreLogged()
    {
        var email = TestApp.NewEmail();
        using var user = await App.SignInAsync(email);
        (await user.PatchAsync("/users/me", new { name = "Ada", bio = "secret thoughts" })).ShouldSucceed();
        using var other = App.NewBrowser();
        var otherId = (await other.SignInByLinkAsync(email)).IdOf("session");
        (await user.DeleteAsync($"/sessions/{otherId}")).ShouldSucceed(204);
        (await user.DeleteAsync("/sessions")).ShouldSucceed(204);
        var ownId = (string?)(await user.GetAsync("/auth/session")).Data["session"]!["id"];
        (await user.PostAsync("/auth/sign-out")).ShouldSucceed(204);

        var mine = (await admin.GetAsync($"/admin/audit-log?actor={user.UserId}&limit=100")).ShouldSucceed();
        var actions = mine.Items.Select(e => $"{(string?)e["action"]} {(string?)e["target"]!["type"]}").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(
                actions,
                Is.EqualTo(
                    new[]
                    {
                        "session.ended session",
                        "sessions.revoked user",
                        "session.revoked session",
                        "session.created session",
                        "magicLink.redeemed user",
                        "user.updated user",
                        "session.created session",
                        "magicLink.redeemed user",
                        "user.created user",
                    }
                )
            );
            Assert.That((string?)mine.Items[0]["target"]!["id"], Is.EqualTo(ownId));
            Assert.That((string?)mine.Items[2]["target"]!["id"], Is.EqualTo(otherId));
            Assert.That(mine.Items[5]["details"]!["changed"]!.AsArray().Select(c => (string?)c), Is.EquivalentTo(new[] { "name", "bio" }));
            Assert.That(mine.Text, Does.Not.Contain("secret thoughts"));
        });
    }

    [Test]
    public async Task Requests_AreLoggedWithoutTheAddress_WhenNoAccountHasIt()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        var name = $"{Guid.NewGuid():N}";
        using var browser = app.NewBrowser();
        (await browser.PostAsync("/auth/magic-link", new { email = $"zoe@{name}.example" }, ("X-Request-Id", name))).ShouldSucceed(202);
        var entry = (await root.GetAsync("/admin/audit-log?action=magicLink.requested&limit=1")).ShouldSucceed().Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That((string?)entry["requestId"], Is.EqualTo(name));
            Assert.That(entry["actor"], Is.Null);
            Assert.That((string?)entry["target"]!["type"], Is.EqualTo("email"));
            Assert.That((string?)entry["target"]!["id"], Is.EqualTo($"z***@{name}.example"));
        });
    }

    [Test]
    public async Task RefusedRequests_AreNotLogged()
    {
        using var target = await App.NewUserAsync();
        using var user = await App.NewUserAsync();
        (await user.PostAsync($"/admin/users/{target.UserId}/ban", new { reason = "Spam" })).ShouldFail(403, "forbidden");
        (await admin.PostAsync($"/admin/users/{target.UserId}/ban", new { reason = "" })).ShouldFail(400, "validation_failed");
        (await admin.PostAsync($"/admin/users/{target.UserId}/ban", new { reason = "Spam" }, ("If-Match", "\"999\""))).ShouldFail(
            412,
            "stale_version"
        );
        Assert.That((await admin.GetAsync($"/admin/audit-log?target={target.UserId}&action=user.banned")).ShouldSucceed().Items, Is.Empty);
    }

    [Test]
    public async Task Log_IsPaged_NewestFirst()
    {
        using var target = await App.NewUserAsync();
        for (var i = 0; i < 7; i++)
        {
            (await admin.PostAsync($"/admin/users/{target.UserId}/ban", new { reason = $"Reason {i}" })).ShouldSucceed();
        }

        var reasons = new List<string?>();
        string? cursor = null;
        do
        {
            var page = (
                await admin.GetAsync(
                    $"/admin/audit-log?target={target.UserId}&action=user.banned&limit=3&includeTotal=true"
                        + (cursor is null ? "" : $"&cursor={cursor}")
                )
            ).ShouldSucceed();
            reasons.AddRange(page.Items.Select(e => (string?)e["details"]!["reason"]));
            Assert.That((int?)page.Data["pagination"]!["total"], Is.EqualTo(7));
            cursor = (string?)page.Data["pagination"]!["nextCursor"];
        } while (cursor is not null);

        Assert.That(reasons, Is.EqualTo(Enumerable.Range(0, 7).Reverse().Select(i => $"Reason {i}")));
    }

    [Test]
    public async Task Filters_SelectByTime()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        using var target = await app.NewUserAsync();
        var times = new List<DateTime>();
        for (var i = 0; i < 3; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            times.Add(app.Now);
            (await root.PostAsync($"/admin/users/{target.UserId}/ban", new { reason = $"{i}" })).ShouldSucceed();
        }

        Assert.Multiple(async () =>
        {
            Assert.That(await ReasonsAsync($"from={times[1]:O}"), Is.EqualTo("2 1"));
            Assert.That(await ReasonsAsync($"to={times[1]:O}"), Is.EqualTo("0"));
            Assert.That(await ReasonsAsync($"from={times[1]:O}&to={times[2]:O}"), Is.EqualTo("1"));
            Assert.That(await ReasonsAsync($"from={times[2].AddTicks(1):O}"), Is.Empty);
        });

        async Task<string> ReasonsAsync(string query) =>
            string.Join(
                ' ',
                (await root.GetAsync($"/admin/audit-log?action=user.banned&actor={root.UserId}&{query}"))
                    .ShouldSucceed()
                    .Items.Select(e => (string?)e["details"]!["reason"])
            );
    }

    [TestCase("action=user.exploded")]
    [TestCase("action=USER.BANNED")]
    [TestCase("action=%00")]
    [TestCase("from=yesterday")]
    [TestCase("to=never")]
    [TestCase("limit=0")]
    [TestCase("limit=1000")]
    [TestCase("includeTotal=x")]
    [Category("threat-26")]
    public async Task Log_RefusesInvalidValues(string query) =>
        (await admin.GetAsync($"/admin/audit-log?{query}")).ShouldFail(400, "validation_failed");

    [TestCase("cursor=x")]
    [TestCase("cursor=%00")]
    [Category("threat-26")]
    public async Task Log_RefusesInvalidCursors(string query) =>
        (await admin.GetAsync($"/admin/audit-log?{query}")).ShouldFail(400, "invalid_cursor");

    [Test]
    public async Task Log_CannotBeChanged()
    {
        var id = (string?)(await admin.GetAsync("/admin/audit-log?limit=1")).Items[0]["id"];
        foreach (var method in (string[])["DELETE", "PATCH", "PUT", "POST"])
        {
            Assert.That((await admin.SendAsync(new HttpMethod(method), $"/admin/audit-log/{id}", "{}")).Status, Is.AnyOf(404, 405));
            Assert.That((await admin.SendAsync(new HttpMethod(method), "/admin/audit-log", "{}")).Status, Is.EqualTo(405));
        }
    }
}
