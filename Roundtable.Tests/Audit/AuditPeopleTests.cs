using System.Text.Json.Nodes;
using Roundtable.Application.Audit;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Audit;

/// <summary>The users of an entry: by name for those who may see names, and as a filter in any role.</summary>
public sealed class AuditPeopleTests
{
    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [Test]
    public async Task Entries_NameActorAndUser_AsTheyAreNow_UntilTheyAreDeleted()
    {
        var email = TestApp.NewEmail("grace");
        using var user = await App.SignInAsync(email);
        (await admin.PatchAsync($"/admin/users/{user.UserId}", new { name = "Grace Hopper" })).ShouldSucceed();
        var session = (string)(await user.GetAsync("/auth/session")).Data["session"]!["id"]!;
        (await admin.DeleteAsync($"/admin/sessions/{session}")).ShouldSucceed(204);
        var own = (string)(await admin.GetAsync("/users/me")).Data["name"]!;

        var ended = await OnlyAsync($"target={session}&action=session.revoked");
        Assert.Multiple(() =>
        {
            Assert.That((string?)ended["actor"]!["currentName"], Is.EqualTo(own));
            Assert.That((string?)ended["actor"]!["name"], Is.Null, "is a service account's");
            Assert.That((string?)ended["subject"]!["id"], Is.EqualTo(user.UserId));
            Assert.That((string?)ended["subject"]!["name"], Is.EqualTo("Grace Hopper"));
            Assert.That((string?)ended["subject"]!["email"], Is.EqualTo(email));
            Assert.That((string?)ended["device"], Is.EqualTo("Firefox on Linux"));
        });

        (await admin.DeleteAsync($"/admin/users/{user.UserId}")).ShouldSucceed(204);
        var deleted = await OnlyAsync($"subject={user.UserId}&action=user.deleted");
        Assert.Multiple(() =>
        {
            Assert.That((string?)deleted["subject"]!["id"], Is.EqualTo(user.UserId));
            Assert.That(deleted["subject"]!["name"], Is.Null);
            Assert.That(deleted["subject"]!["email"], Is.Null);
            Assert.That((string?)deleted["details"]!["email"], Is.EqualTo(email), "the entry itself remembers it");
        });
    }

    [Test]
    public async Task Entries_NameNobody_ForCallersWhoMayNotListUsers()
    {
        var email = TestApp.NewEmail("hidden");
        using var user = await App.SignInAsync(email);
        (await admin.PatchAsync($"/admin/users/{user.UserId}", new { name = "Hidden Name" })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        using var auditor = await App.NewStaffAsync(Permissions.AuditRead);
        var query = $"subject={user.UserId}&action=user.banned";
        var listed = (await auditor.GetAsync($"/admin/audit-log?{query}")).ShouldSucceed();
        var exported = (await auditor.GetAsync($"/admin/audit-log/export?format=ndjson&{query}")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)listed.Items.Single()["subject"]!["id"], Is.EqualTo(user.UserId));
            Assert.That(listed.Items.Single()["actor"]!["currentName"], Is.Null);
            Assert.That(listed.Text + exported.Text, Does.Not.Contain("Hidden Name").And.Not.Contain(email));
        });
        var seen = (await admin.GetAsync($"/admin/audit-log/export?format=csv&{query}")).ShouldSucceed().Text;
        Assert.That(seen, Does.Contain("Hidden Name").And.Contain(email));
    }

    [Test]
    public async Task OwnActivity_HidesNamesOfOthers()
    {
        using var user = await App.NewUserAsync();
        (await admin.PatchAsync("/users/me", new { name = "Secret Admin" })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{user.UserId}/unlock")).ShouldSucceed(204);
        var activity = (await user.GetAsync("/users/me/activity")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)activity.Items[0]["action"], Is.EqualTo("user.unlocked"));
            Assert.That(activity.Items[0]["device"], Is.Null);
            Assert.That(activity.Text, Does.Not.Contain("Secret Admin"));
        });
    }

    [Test]
    public async Task UserFilter_FindsAUser_InEveryRole_PageByPage_OnceEach()
    {
        using var user = await App.NewUserAsync();
        var session = (string)(await user.GetAsync("/auth/session")).Data["session"]!["id"]!;
        (await user.PatchAsync("/users/me", new { name = "Ada" })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{user.UserId}/unlock")).ShouldSucceed(204);
        using var root = await App.NewAdminAsync();
        (await root.PostAsync($"/admin/users/{user.UserId}/impersonate", new { reason = "Support" })).ShouldSucceed();
        (await root.PostAsync("/auth/impersonation/stop")).ShouldSucceed();

        var all = await AllAsync($"user={user.UserId}");
        var (acted, concerned) = (await AllAsync($"actor={user.UserId}"), await AllAsync($"subject={user.UserId}"));
        Assert.Multiple(async () =>
        {
            Assert.That(all, Is.Unique.And.EquivalentTo(acted.Union(concerned)));
            Assert.That(all, Is.Ordered.Descending, "newest first");
            Assert.That(concerned, Is.SupersetOf(await AllAsync($"target={session}")), "a session concerns its user");
            Assert.That(await AllAsync($"user={session}"), Is.EquivalentTo(await AllAsync($"target={session}")), "any id is found");
            Assert.That(await AllAsync($"user={user.UserId}&action=user.unlocked"), Has.Count.EqualTo(1));
            Assert.That(await AllAsync($"user={user.UserId}&subject={session}"), Is.EquivalentTo(await AllAsync($"target={session}")));
        });
        var exported = (await admin.GetAsync($"/admin/audit-log/export?format=ndjson&user={user.UserId}")).ShouldSucceed().Text;
        var ids = exported.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (string)JsonNode.Parse(l)!["id"]!);
        Assert.That(ids, Is.EqualTo(all.AsEnumerable().Reverse()), "the file has what the list shows, oldest first");
    }

    [Test]
    public async Task Actions_AreThoseOfTheCode()
    {
        var actions = (await admin.GetAsync("/admin/audit-log/actions")).ShouldSucceed().Data.AsArray().Select(a => (string)a!);
        Assert.That(actions, Is.EqualTo(AuditActions.All.Order(StringComparer.Ordinal)));
        using var user = await App.NewUserAsync();
        (await user.GetAsync("/admin/audit-log/actions")).ShouldFail(403, "forbidden");
    }

    private async Task<JsonNode> OnlyAsync(string query) =>
        (await admin.GetAsync($"/admin/audit-log?{query}")).ShouldSucceed().Items.Single();

    private async Task<List<string>> AllAsync(string query)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = (
                await admin.GetAsync($"/admin/audit-log?{query}&limit=2&includeTotal=true{(cursor is null ? "" : $"&cursor={cursor}")}")
            ).ShouldSucceed();
            ids.AddRange(page.Items.Select(e => (string)e["id"]!));
            cursor = (string?)page.Data["pagination"]!["nextCursor"];
            if (cursor is null)
            {
                Assert.That((int?)page.Data["pagination"]!["total"], Is.EqualTo(ids.Count));
            }
        } while (cursor is not null);

        return ids;
    }
}
