using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Widgets;

/// <summary>All users' wid gets, for roles that allow it. The matrix of all permissions covers callers without access.</summary>
public sealed class AdminWidgetsTests
{
    private const string Path = WidgetsFeature.All;

    private static TestApp App => TestApp.Current;

    private Browser owner = null!;
    private Browser reader = null!;
    private Browser writer = null!;

    [OneTimeSetUp]
    public async Task SignIn()
    {
        owner = await App.NewUserAsync();
        reader = await App.NewStaffAsync(Permissions.WidgetsRead);
        writer = await App.NewStaffAsync(Permissions.WidgetsWrite);
    }

    [OneTimeTearDown]
    public void Leave()
    {
        owner.Dispose();
        reader.Dispose();
        writer.Dispose();
    }

    [Test]
    public async Task Readers_CanReadAll_ButChangeNothing()
    {
        var made = await MakeAsync();

        Assert.That(
            (await reader.GetAsync($"{Path}/{made.IdOfData()}")).ShouldSucceed().Data.ToJsonString(),
            Is.EqualTo(made.Data.ToJsonString())
        );
        // Newest first; other tests add theirs meanwhile.
        Assert.That(
            (await reader.GetAsync($"{Path}?limit=100")).ShouldSucceed().Items.Select(w => w["id"]!.ToString()),
            Does.Contain(made.IdOfData()).And.Ordered.Descending
        );
        (await reader.PatchAsync($"{Path}/{made.IdOfData()}", new { name = "Mine" })).ShouldFail(403, "forbidden");
        (await reader.DeleteAsync($"{Path}/{made.IdOfData()}")).ShouldFail(403, "forbidden");
        (await reader.GetAsync($"{WidgetsFeature.Own}/{made.IdOfData()}")).ShouldFail(404, "not_found");
    }

    [Test]
    public async Task List_CanBeFilteredByOwner()
    {
        using var one = await App.NewUserAsync();
        foreach (var name in (string[])["b", "a"])
        {
            (await one.PostAsync(WidgetsFeature.Own, new { name })).ShouldSucceed(201);
        }

        var list = (await reader.GetAsync($"{Path}?owner={one.UserId}&sort=name&includeTotal=true")).ShouldSucceed();
        Assert.That(
            list.Items.Select(i => ((string?)i["ownerId"], (string?)i["name"])),
            Is.EqualTo(new[] { (one.UserId, "a"), (one.UserId, "b") })
        );
        Assert.That((int?)list.Data["pagination"]!["total"], Is.EqualTo(2));
        (await reader.GetAsync($"{Path}?owner={new string('0', 32)}")).ShouldFail(400, "validation_failed");
        (await reader.GetAsync($"{Path}?owner={new string('0', 37)}")).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task Writers_CanChangeAndDeleteAll_WithAuditEntries()
    {
        var id = (await MakeAsync()).IdOfData();

        (await writer.PatchAsync($"{Path}/{id}", new { name = "Renamed" }, ("If-Match", "\"7\""))).ShouldFail(412, "stale_version");
        var changed = (await writer.PatchAsync($"{Path}/{id}", new { name = "Renamed" }, ("If-Match", "\"1\""))).ShouldSucceed();
        Assert.That(((string?)changed.Data["name"], (string?)changed.Data["ownerId"]), Is.EqualTo(("Renamed", owner.UserId)));
        Assert.That((string?)(await owner.GetAsync($"{WidgetsFeature.Own}/{id}")).Data["name"], Is.EqualTo("Renamed"));
        (await writer.GetAsync($"{Path}/{id}")).ShouldFail(403, "forbidden");
        (await writer.DeleteAsync($"{Path}/{id}")).ShouldSucceed(204);
        (await owner.GetAsync($"{WidgetsFeature.Own}/{id}")).ShouldFail(404, "not_found");

        var activity = (await owner.GetAsync("/users/me/activity?limit=2")).ShouldSucceed();
        Assert.That(
            activity.Items.Select(e => ((string?)e["action"], (string?)e["actor"]!["id"])),
            Is.EqualTo(new[] { ("widget.deleted", writer.UserId), ("widget.updated", writer.UserId) })
        );
        (await writer.PatchAsync($"{Path}/{id}", new { name = "Renamed" })).ShouldFail(404, "not_found");
    }

    private async Task<Answer> MakeAsync() => (await owner.PostAsync(WidgetsFeature.Own, new { name = "First draft" })).ShouldSucceed(201);
}
