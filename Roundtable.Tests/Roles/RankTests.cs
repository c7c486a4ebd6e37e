using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Administration;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Roles;

/// <summary>A caller who lacks a permission that a user or role has cannot change that user or role through any endpoint.</summary>
[Category(Databases.OnServer)]
[Category("threat-39")]
public sealed class RankTests
{
    private const string Missing = Permissions.AuditRead;

    private TestApp app = null!;
    private Browser caller = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        caller = await app.NewStaffAsync([.. Permissions.All.Where(p => p != Missing)]);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        caller.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task EveryAction_OnAUserWithMorePermissions_IsForbidden()
    {
        var root = await app.RootAsync();
        using var target = await app.NewStaffAsync(Missing);
        var version = (await root.GetAsync($"/admin/users/{target.UserId}")).ShouldSucceed().Header("ETag");
        var actions = (await WritingEndpoint.AllAsync(app))
            .Where(e => e.Template.StartsWith("api/v1/admin/users/{id}", StringComparison.Ordinal))
            .ToList();
        Assert.That(actions, Has.Count.GreaterThanOrEqualTo(9));
        List<string> wrong = [];
        foreach (var action in actions)
        {
            var answer = await action.CallAsync(caller, target.UserId);
            if (answer is not { Status: 403, Code: "forbidden" })
            {
                wrong.Add($"{action}: {answer.Status} {answer.Text}");
            }
        }

        Assert.That(wrong, Is.Empty);
        Assert.That((await root.GetAsync($"/admin/users/{target.UserId}")).ShouldSucceed().Header("ETag"), Is.EqualTo(version));
        (await target.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task EveryAction_OnAUserWithoutMorePermissions_IsAllowed()
    {
        List<string> wrong = [];
        foreach (
            var action in (await WritingEndpoint.AllAsync(app)).Where(e =>
                e.Template.StartsWith("api/v1/admin/users/{id}", StringComparison.Ordinal)
            )
        )
        {
            using var target = await app.NewStaffAsync(Permissions.UsersList);
            using var again = app.Copy(caller.SessionCookie);
            var answer = action.Template.EndsWith("/roles", StringComparison.Ordinal)
                ? await again.PutAsync(action.PathOf(target.UserId), new { roles = Array.Empty<string>() })
                : await action.CallAsync(
                    action.Template.EndsWith("/impersonate", StringComparison.Ordinal) ? await ColleagueAsync() : again,
                    target.UserId
                );
            if (answer.Status is 401 or 403 or 500)
            {
                wrong.Add($"{action}: {answer.Status} {answer.Text}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task EveryBulkAction_SkipsUsersWithMorePermissions([Values] BulkAction action)
    {
        using var target = await app.NewStaffAsync(Missing);
        using var user = await app.NewUserAsync();
        var order = new
        {
            action = char.ToLowerInvariant(action.ToString()[0]) + action.ToString()[1..],
            ids = new[] { target.UserId, user.UserId },
            reason = "Spam",
            roles = Array.Empty<string>(),
        };
        var results = (await caller.PostAsync("/admin/users/bulk", order)).ShouldSucceed().Data["results"]!.AsArray();
        Assert.That(results.Select(r => (string?)r!["code"]), Is.EqualTo(new[] { "forbidden", null }));
        (await target.GetAsync("/admin/audit-log")).ShouldSucceed();
    }

    [Test]
    public async Task SessionsOfUsersWithMorePermissions_AreKept()
    {
        using var target = await app.NewStaffAsync(Missing);
        using var user = await app.NewUserAsync();
        (await caller.DeleteAsync($"/admin/sessions/{await SessionOfAsync(target)}")).ShouldFail(403, "forbidden");
        (await caller.DeleteAsync($"/admin/sessions/{await SessionOfAsync(user)}")).ShouldSucceed(204);

        using var other = await app.NewUserAsync();
        var later = app.Now.AddYears(1);
        await app.ArrangeAsync(db =>
            db.Users.Where(u => u.Id == target.UserId || u.Id == other.UserId)
                .ExecuteUpdateAsync(u => u.SetProperty(x => x.LastSeenOrEpochUtc, later))
        );
        var ended = (await caller.DeleteAsync($"/admin/sessions?lastSeenFrom={later.AddDays(-1):yyyy-MM-dd}")).ShouldSucceed();
        Assert.That((int?)ended.Data["count"], Is.EqualTo(1));
        (await other.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await target.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task RolesWithMorePermissions_CannotBeChangedOrEmptied()
    {
        var role = await app.NewRoleAsync(Missing, Permissions.UsersList);
        foreach (var permissions in new string[][] { [], [Permissions.UsersList], [Missing], [Permissions.UsersRead] })
        {
            (await caller.PutAsync($"/admin/roles/{role}", new { permissions })).ShouldFail(403, "forbidden");
        }

        (await caller.DeleteAsync($"/admin/roles/{role}")).ShouldFail(403, "forbidden");
        using var holder = await app.NewUserAsync();
        await app.GiveAsync(holder.UserId, role);
        (await holder.GetAsync("/admin/audit-log")).ShouldSucceed();
        (await caller.PutAsync($"/admin/users/{holder.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldFail(403, "forbidden");
    }

    private Task<Browser> ColleagueAsync() => app.NewStaffAsync([.. Permissions.All.Where(p => p != Missing)]);

    private static async Task<string> SessionOfAsync(Browser browser) => (await browser.GetAsync("/auth/session")).IdOf("session");
}
