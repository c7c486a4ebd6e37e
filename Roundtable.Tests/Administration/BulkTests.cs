using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>Bulk actions on users, and ending many sessions.</summary>
public sealed class BulkTests
{
    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [Test]
    public async Task Ban_ThenUnban_UserByUser()
    {
        using var one = await App.NewUserAsync();
        using var two = await App.NewUserAsync();
        var unknown = Guid.NewGuid().ToString("N");
        var banned = await RunAsync(
            new
            {
                action = "ban",
                ids = new[] { one.UserId, unknown, admin.UserId, two.UserId },
                reason = "Spam",
            }
        );
        Assert.Multiple(() =>
        {
            Assert.That(
                Results(banned),
                Is.EqualTo(
                    new[]
                    {
                        (one.UserId, true, null),
                        (unknown, false, "not_found"),
                        (admin.UserId, false, "not_on_yourself"),
                        (two.UserId, true, (string?)null),
                    }
                )
            );
            Assert.That((int?)banned["succeeded"], Is.EqualTo(2));
            Assert.That((int?)banned["failed"], Is.EqualTo(2));
        });
        (await one.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await two.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await admin.GetAsync("/users/me")).ShouldSucceed();
        await RunAsync(new { action = "unban", ids = new[] { one.UserId, two.UserId } });
        Assert.That((bool?)(await admin.GetAsync($"/admin/users/{two.UserId}")).Data["banned"], Is.False);
    }

    [Test]
    public async Task RevokeSessions_SetRoles_AndDelete()
    {
        using var one = await App.NewUserAsync();
        using var two = await App.NewUserAsync();
        var ids = new[] { one.UserId, two.UserId };
        var role = await App.NewRoleAsync("audit:read");
        Assert.That(
            (int?)
                (
                    await RunAsync(
                        new
                        {
                            action = "setRoles",
                            ids,
                            roles = new[] { role },
                        }
                    )
                )["succeeded"],
            Is.EqualTo(2)
        );
        (await one.GetAsync("/admin/audit-log")).ShouldSucceed();
        Assert.That((int?)(await RunAsync(new { action = "revokeSessions", ids }))["succeeded"], Is.EqualTo(2));
        (await one.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That((int?)(await RunAsync(new { action = "delete", ids = ids.Append(admin.UserId) }))["succeeded"], Is.EqualTo(2));
        (await admin.GetAsync($"/admin/users/{one.UserId}")).ShouldFail(404, "not_found");
        (await admin.GetAsync("/users/me")).ShouldSucceed();
        foreach (var action in new[] { "user.rolesChanged", "sessions.revoked", "user.deleted" })
        {
            Assert.That(
                (await admin.GetAsync($"/admin/audit-log?target={two.UserId}&action={action}")).Items,
                Has.Count.EqualTo(1),
                action
            );
        }
    }

    [TestCase("ban", "users:ban")]
    [TestCase("unban", "users:ban")]
    [TestCase("revokeSessions", "sessions:revoke")]
    [TestCase("delete", "users:delete")]
    [TestCase("setRoles", "users:set-role")]
    public async Task Actions_RequireTheirOwnPermission(string action, string permission)
    {
        var all = new[] { "users:ban", "sessions:revoke", "users:delete", "users:set-role" };
        using var user = await App.NewUserAsync();
        using var without = await App.NewStaffAsync([.. all.Where(p => p != permission)]);
        using var with = await App.NewStaffAsync(permission);
        var body = new
        {
            action,
            ids = new[] { user.UserId },
            reason = "Spam",
            roles = new[] { "user" },
        };
        (await without.PostAsync("/admin/users/bulk", body)).ShouldFail(403, "forbidden");
        (await user.GetAsync("/users/me")).ShouldSucceed();
        Assert.That((int?)(await with.PostAsync("/admin/users/bulk", body)).ShouldSucceed().Data["succeeded"], Is.EqualTo(1));
    }

    [Test]
    public async Task SetRoles_CannotGrantPermissionsTheCallerLacks()
    {
        using var manager = await App.NewStaffAsync("users:set-role");
        using var user = await App.NewUserAsync();
        var answer = (
            await manager.PostAsync(
                "/admin/users/bulk",
                new
                {
                    action = "setRoles",
                    ids = new[] { user.UserId },
                    roles = new[] { "admin" },
                }
            )
        ).ShouldSucceed();
        Assert.That(Results(answer.Data), Is.EqualTo(new[] { (user.UserId, false, "forbidden") }));
    }

    [Test]
    public async Task Requests_AreValidated()
    {
        using var user = await App.NewUserAsync();
        var ids = new[] { user.UserId };
        foreach (
            var body in new object[]
            {
                new { action = "ban", ids },
                new { action = "setRoles", ids },
                new { action = "promote", ids },
                new { action = "unban" },
                new { action = "unban", ids = Array.Empty<string>() },
                new { ids },
                new { action = "unban", ids = new string?[] { null } },
                new
                {
                    action = "setRoles",
                    ids,
                    roles = new[] { "nobodys-role" },
                },
                new
                {
                    action = "ban",
                    ids,
                    reason = "Spam",
                    expiresAt = "2020-01-01T00:00:00Z",
                },
                new { action = 1, ids },
            }
        )
        {
            (await admin.PostAsync("/admin/users/bulk", body)).ShouldFail(400, "validation_failed");
        }

        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase(500, true)]
    [TestCase(501, false)]
    public async Task Ids_AreLimitedTo500(int count, bool taken)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString("N"));
        var answer = await admin.PostAsync("/admin/users/bulk", new { action = "unban", ids });
        if (taken)
        {
            Assert.That((int?)answer.ShouldSucceed().Data["failed"], Is.EqualTo(count));
        }
        else
        {
            answer.ShouldFail(400, "validation_failed");
        }
    }

    [Test]
    public async Task RevokeSessions_ByFilter_KeepsTheCallersSession()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        using var other = await app.NewAdminAsync();
        using var ada = await app.SignInAsync(TestApp.NewEmail("ada"));
        using var bob = await app.SignInAsync(TestApp.NewEmail("bob"));
        await other.ActAsAsync(bob.UserId);
        Assert.That(await CountAsync(root, "?search=ada-"), Is.EqualTo(1));
        (await ada.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await bob.GetAsync("/users/me")).ShouldSucceed();
        (await root.DeleteAsync("/admin/sessions?role=nobodys-role")).ShouldFail(400, "validation_failed");
        (await root.DeleteAsync("/admin/sessions?banned=perhaps")).ShouldFail(400, "validation_failed");
        Assert.That(
            (await root.DeleteAsync("/admin/sessions?serach=ada-")).ShouldFail(400, "validation_failed").Text,
            Does.Contain("serach")
        );
        (await bob.GetAsync("/users/me")).ShouldSucceed();

        (await root.DeleteAsync("/admin/sessions")).ShouldFail(400, "validation_failed");
        (await root.DeleteAsync("/admin/sessions?all=false")).ShouldFail(400, "validation_failed");
        Assert.That(await CountAsync(root, "?all=true"), Is.GreaterThanOrEqualTo(3));
        (await bob.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await other.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await root.GetAsync("/users/me")).ShouldSucceed();
        Assert.That(await CountAsync(root, "?all=true"), Is.Zero);
        Assert.That((await root.GetAsync("/admin/audit-log?action=sessions.revoked")).Items, Has.Count.EqualTo(3));
    }

    private async Task<JsonNode> RunAsync(object body) => (await admin.PostAsync("/admin/users/bulk", body)).ShouldSucceed().Data;

    private static async Task<int> CountAsync(Browser by, string query) =>
        (int)(await by.DeleteAsync($"/admin/sessions{query}")).ShouldSucceed().Data["count"]!;

    private static List<(string? Id, bool Ok, string? Code)> Results(JsonNode answer) =>
        [.. answer["results"]!.AsArray().Select(r => ((string?)r!["id"], (bool)r["ok"]!, (string?)r["code"]))];
}
