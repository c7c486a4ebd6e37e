using System.Text.Json.Nodes;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Impersonation;

/// <summary>Impersonation: who may be impersonated, for how long, and how it is audited (threat 14).</summary>
[Category("threat-14")]
public sealed class ImpersonationTests
{
    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Start_OpensTheUsersSession_ThatNamesTheAdmin()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        var answer = await admin.ActAsAsync(user.UserId);
        Assert.Multiple(() =>
        {
            Assert.That(answer.IdOf(), Is.EqualTo(user.UserId));
            Assert.That((string?)answer.Data["session"]!["method"], Is.EqualTo("impersonation"));
            Assert.That(answer.Data["session"]!["impersonatedBy"]!.ToJsonString(), Does.Contain(admin.UserId));
            Assert.That(
                (DateTime?)answer.Data["session"]!["expiresAt"],
                Is.EqualTo((DateTime?)answer.Data["session"]!["createdAt"] + TimeSpan.FromHours(1))
            );
            Assert.That(answer.Header("Set-Cookie"), Does.Contain("httponly").IgnoreCase);
        });
        var now = (await admin.GetAsync("/auth/session")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(now.IdOf(), Is.EqualTo(user.UserId));
            Assert.That(now.Data["session"]!["impersonatedBy"], Is.Not.Null);
            Assert.That(now.Data["permissions"]!.AsArray(), Is.Empty);
        });
        (await admin.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase("{}")]
    [TestCase("{\"reason\":null}")]
    [TestCase("{\"reason\":\" \"}")]
    [TestCase("{\"reason\":\"a\\u0000b\"}")]
    [TestCase("{\"reason\":\"Ticket\",\"userId\":\"1\"}")]
    public async Task Start_RequiresAReason(string body)
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        (await admin.PostAsync($"/admin/users/{user.UserId}/impersonate", body)).ShouldFail(400, "validation_failed");
        Assert.That((await admin.GetAsync("/auth/session")).IdOf(), Is.EqualTo(admin.UserId));
    }

    [Test]
    public async Task Start_RefusesAdmins_Oneself_TheBanned_AndTheUnknown()
    {
        using var admin = await App.NewAdminAsync();
        using var other = await App.NewAdminAsync();
        using var banned = await App.NewUserAsync();
        (await admin.PostAsync($"/admin/users/{banned.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        foreach (var id in new[] { other.UserId, admin.UserId, banned.UserId })
        {
            var answer = (await admin.PostAsync($"/admin/users/{id}/impersonate", new { reason = "Ticket" })).ShouldFail(403, "forbidden");
            Assert.That(answer.Header("Set-Cookie"), Is.Empty);
        }

        (await admin.PostAsync($"/admin/users/{Guid.NewGuid():N}/impersonate", new { reason = "Ticket" })).ShouldFail(404, "not_found");
        Assert.That((await admin.GetAsync("/auth/session")).IdOf(), Is.EqualTo(admin.UserId));
    }

    [Test]
    public async Task Start_IsRefused_WhileImpersonating()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        using var helper = await App.NewStaffAsync("users:impersonate");
        await admin.ActAsAsync(helper.UserId);
        (await admin.PostAsync($"/admin/users/{user.UserId}/impersonate", new { reason = "Deeper" })).ShouldFail(403, "forbidden");
        Assert.That((await admin.GetAsync("/auth/session")).IdOf(), Is.EqualTo(helper.UserId));
    }

    [Test]
    public async Task Start_RefusesUsersWithMorePermissions()
    {
        using var helper = await App.NewStaffAsync("users:impersonate");
        using var colleague = await App.NewStaffAsync("audit:read");
        (await helper.PostAsync($"/admin/users/{colleague.UserId}/impersonate", new { reason = "Curious" })).ShouldFail(403, "forbidden");
    }

    [Test]
    public async Task Impersonation_Ends_WhenTheUserIsPromoted()
    {
        using var helper = await App.NewStaffAsync("users:impersonate");
        using var user = await App.NewUserAsync();
        await helper.ActAsAsync(user.UserId);
        await App.GiveAsync(user.UserId, "admin");
        (await helper.GetAsync("/admin/audit-log")).ShouldFail(401, "unauthenticated");
        (await user.GetAsync("/admin/audit-log")).ShouldSucceed();
    }

    [TestCase(59 * 60 + 59, true)]
    [TestCase(60 * 60, false)]
    public async Task Impersonation_LastsOneHour(int seconds, bool alive)
    {
        await using var app = TestApp.Start();
        using var admin = await app.NewAdminAsync();
        using var user = await app.NewUserAsync();
        await admin.ActAsAsync(user.UserId);
        for (var step = 0; step < 2; step++)
        {
            // Activity does not extend it.
            app.Clock.Advance(TimeSpan.FromMinutes(29));
            (await admin.GetAsync("/users/me")).ShouldSucceed();
        }

        app.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMinutes(58));
        var answer = await admin.GetAsync("/users/me");
        if (alive)
        {
            answer.ShouldSucceed();
        }
        else
        {
            answer.ShouldFail(401, "unauthenticated");
        }
    }

    [Test]
    public async Task AdminsSession_ExpiresOnSchedule_AfterRepeatedImpersonation()
    {
        await using var app = TestApp.Start(("Auth:Session:AbsoluteLifetime", "05:00:00"), ("Auth:Session:FreshFor", "05:00:00"));
        using var admin = await app.NewAdminAsync();
        var end = (DateTime?)(await admin.GetAsync("/auth/session")).ShouldSucceed().Data["session"]!["expiresAt"];
        using var user = await app.NewUserAsync();
        app.Clock.Advance(TimeSpan.FromHours(4));
        await admin.ActAsAsync(user.UserId);
        (await admin.PostAsync("/auth/impersonation/stop")).ShouldSucceed();
        Assert.That(
            (DateTime?)(await admin.GetAsync("/auth/session")).ShouldSucceed().Data["session"]!["expiresAt"],
            Is.EqualTo(end).Within(TimeSpan.FromMilliseconds(1))
        );
    }

    [Test]
    public async Task AuditEntries_NameAdminAndUser_AndAreVisibleToTheUser()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        using var reader = await App.NewAdminAsync();
        await admin.ActAsAsync(user.UserId, "Ticket 4712");
        var impersonation = admin.SessionCookie;
        (await admin.PatchAsync("/users/me", new { name = "Changed for them" })).ShouldSucceed();
        (await admin.PostAsync("/auth/impersonation/stop")).ShouldSucceed();
        Assert.That(impersonation, Is.Not.EqualTo(admin.SessionCookie));

        var entries = (await reader.GetAsync($"/admin/audit-log?actor={admin.UserId}&target={user.UserId}&limit=100"))
            .ShouldSucceed()
            .Items;
        var started = entries.Single(e => (string?)e["action"] == "impersonation.started");
        Assert.Multiple(() =>
        {
            Assert.That((string?)started["actor"]!["id"], Is.EqualTo(admin.UserId));
            Assert.That((string?)started["details"]!["reason"], Is.EqualTo("Ticket 4712"));
        });
        foreach (var action in new[] { "user.updated", "impersonation.stopped" })
        {
            var entry = entries.Single(e => (string?)e["action"] == action);
            Assert.Multiple(() =>
            {
                Assert.That((string?)entry["actor"]!["id"], Is.EqualTo(admin.UserId), action);
                Assert.That((string?)entry["onBehalfOf"]!["id"], Is.EqualTo(user.UserId), action);
                Assert.That((string?)entry["onBehalfOf"]!["email"], Does.EndWith("@example.com"), action);
            });
        }

        var activity = (await user.GetAsync("/users/me/activity?limit=100")).ShouldSucceed().Items;
        Assert.That(
            activity.Select(e => (string?)e["action"]),
            Is.SupersetOf(new[] { "impersonation.started", "user.updated", "impersonation.stopped" })
        );
        Assert.That(activity.Single(e => (string?)e["action"] == "user.updated").ToJsonString(), Does.Contain(admin.UserId));
    }

    [Test]
    public async Task Stop_RestoresTheAdminsSession()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        var session = (await admin.GetAsync("/auth/session")).IdOf("session");
        var before = admin.SessionCookie;
        await admin.ActAsAsync(user.UserId);
        var during = admin.SessionCookie;
        var answer = (await admin.PostAsync("/auth/impersonation/stop")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.IdOf(), Is.EqualTo(admin.UserId));
            Assert.That(answer.IdOf("session"), Is.EqualTo(session));
            Assert.That(answer.Data["session"]!["impersonatedBy"], Is.Null);
            Assert.That(new[] { before, during }, Has.No.Member(admin.SessionCookie));
        });
        (await admin.GetAsync("/admin/users")).ShouldSucceed();
        foreach (var old in new[] { before, during })
        {
            using var saved = App.Copy(old);
            (await saved.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        }

        (await admin.PostAsync("/auth/impersonation/stop")).ShouldFail(409, "conflict");
        (await user.PostAsync("/auth/impersonation/stop")).ShouldFail(409, "conflict");
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase("signOut")]
    [TestCase("revoke")]
    [TestCase("revokeAll")]
    [TestCase("ban")]
    [TestCase("demote")]
    [TestCase("delete")]
    [TestCase("banUser")]
    [TestCase("deleteUser")]
    public async Task Impersonation_Ends_OnTheNextRequestAfter(string cause)
    {
        var root = await App.RootAsync();
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        var session = (await admin.GetAsync("/auth/session")).IdOf("session");
        using var own = App.Copy(admin.SessionCookie);
        await admin.ActAsAsync(user.UserId);
        (await admin.GetAsync("/users/me")).ShouldSucceed();
        var answer = cause switch
        {
            "signOut" => await own.PostAsync("/auth/sign-out"),
            "revoke" => await root.DeleteAsync($"/admin/sessions/{session}"),
            "revokeAll" => await root.DeleteAsync($"/admin/users/{admin.UserId}/sessions"),
            "ban" => await root.PostAsync($"/admin/users/{admin.UserId}/ban", new { reason = "Rogue" }),
            "demote" => await root.PutAsync($"/admin/users/{admin.UserId}/roles", new { roles = new[] { "user" } }),
            "delete" => await root.DeleteAsync($"/admin/users/{admin.UserId}"),
            "banUser" => await root.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" }),
            _ => await root.DeleteAsync($"/admin/users/{user.UserId}"),
        };
        Assert.That(answer.Status, Is.EqualTo(200).Or.EqualTo(204), answer.Text);

        (await admin.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await admin.PostAsync("/auth/impersonation/stop")).ShouldFail(401, "unauthenticated");
        var signedOut = (await admin.GetAsync("/auth/session")).ShouldSucceed();
        Assert.That(signedOut.Json["data"], Is.Null);
    }

    [Test]
    public async Task SignOut_EndsTheImpersonation()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        await admin.ActAsAsync(user.UserId);
        using var saved = App.Copy(admin.SessionCookie);
        (await admin.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        (await saved.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task OwnSessionList_ShowsTheImpersonation()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        await admin.ActAsAsync(user.UserId);
        var listed = (await user.GetAsync("/sessions")).ShouldSucceed().Items;
        Assert.That(listed.Select(s => (string?)s["method"]), Does.Contain("impersonation"));
        var impersonation = listed.Single(s => (string?)s["method"] == "impersonation");
        Assert.That(impersonation["impersonatedBy"], Is.InstanceOf<JsonNode>());
        (await user.DeleteAsync($"/sessions/{(string)impersonation["id"]!}")).ShouldSucceed(204);
        (await admin.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }
}
