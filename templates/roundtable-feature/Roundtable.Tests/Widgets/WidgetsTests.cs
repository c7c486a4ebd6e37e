using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Widgets;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Widgets;

/// <summary>The user's own wid gets: what is shown, what may be changed, and what may not.</summary>
public sealed class WidgetsTests
{
    private const string Path = WidgetsFeature.Own;

    private static TestApp App => TestApp.Current;

    private Browser user = null!;
    private Browser other = null!;

    [OneTimeSetUp]
    public async Task SignIn() => (user, other) = (await App.NewUserAsync(), await App.NewUserAsync());

    [OneTimeTearDown]
    public void Leave()
    {
        user.Dispose();
        other.Dispose();
    }

    [Test]
    public async Task Create_ReturnsTheEntity_WithLocationAndVersion()
    {
        var made = (await user.PostAsync(Path, new { name = "First draft", description = "One\ntwo 🙂" })).ShouldSucceed(201);
        var read = (await user.GetAsync(made.Header("Location"))).ShouldSucceed();

        Assert.Multiple(() =>
        {
            Assert.That(made.Header("Location"), Is.EqualTo($"/api/v1{Path}/{made.IdOfData()}"));
            Assert.That(
                made.Data.AsObject().Select(m => m.Key),
                Is.EquivalentTo(new[] { "id", "ownerId", "name", "description", "createdAt", "updatedAt" })
            );
            Assert.That((string?)made.Data["ownerId"], Is.EqualTo(user.UserId));
            Assert.That((string?)made.Data["description"], Is.EqualTo("One\ntwo 🙂"));
            Assert.That((string?)made.Data["createdAt"], Does.Match("^[0-9-]{10}T[0-9:.]+Z$"));
            Assert.That(made.Header("ETag"), Is.EqualTo("\"1\"").And.EqualTo(read.Header("ETag")));
            Assert.That(read.Data.ToJsonString(), Is.EqualTo(made.Data.ToJsonString()));
        });
    }

    [TestCase("{}", "name")]
    [TestCase("{\"name\":null}", "name")]
    [TestCase("{\"name\":\" \"}", "name")]
    [TestCase("{\"name\":\"two\\nlines\"}", "name")]
    [TestCase("{\"name\":7}", "name")]
    [TestCase("{\"name\":\"x\",\"description\":\"\\u0000\"}", "description")]
    [TestCase("{\"name\":\"x\",\"ownerId\":\"me\"}", "ownerId")]
    [TestCase("{\"name\":\"x\",\"version\":7}", "version")]
    [Category("threat-13")]
    public async Task Create_IsRefused_WhenBodyIsInvalid(string body, string field)
    {
        var answer = (await user.PostAsync(Path, body)).ShouldFail(400, "validation_failed");
        Assert.That(
            answer.Json["errors"]!.AsObject().Select(e => e.Key),
            Is.EqualTo(new[] { field }).Or.EqualTo(new[] { "body" }),
            answer.Text
        );
    }

    [Test]
    public async Task Texts_AreLimited_InCreateAndPatch()
    {
        var (name, description) = (new string('n', Widget.NameMaxLength), new string('d', Widget.DescriptionMaxLength));
        var made = (await user.PostAsync(Path, new { name, description })).ShouldSucceed(201);
        foreach (
            var answer in new[]
            {
                await user.PostAsync(Path, new { name = name + "n", description = description + "d" }),
                await user.PatchAsync($"{Path}/{made.IdOfData()}", new { name = name + "n", description = description + "d" }),
            }
        )
        {
            var reasons = answer.ShouldFail(400, "validation_failed").Json["reasons"]!;
            Assert.That(
                ((string?)reasons["name"]![0]!["code"], (int?)reasons["name"]![0]!["max"]),
                Is.EqualTo(("too_long", Widget.NameMaxLength)),
                answer.Text
            );
            Assert.That(
                ((string?)reasons["description"]![0]!["code"], (int?)reasons["description"]![0]!["max"]),
                Is.EqualTo(("too_long", Widget.DescriptionMaxLength))
            );
        }
    }

    [Test]
    public async Task Patch_KeepsAbsentMembers_AndClearsNullMembers()
    {
        var made = (await user.PostAsync(Path, new { name = "First draft", description = "Begun" })).ShouldSucceed(201);
        var path = $"{Path}/{made.IdOfData()}";

        var renamed = (await user.PatchAsync(path, new { name = "Second draft" })).ShouldSucceed();
        Assert.That(((string?)renamed.Data["name"], (string?)renamed.Data["description"]), Is.EqualTo(("Second draft", "Begun")));

        var cleared = (await user.PatchAsync(path, new { description = (string?)null })).ShouldSucceed();
        Assert.That(((string?)cleared.Data["name"], (string?)cleared.Data["description"]), Is.EqualTo(("Second draft", (string?)null)));
        Assert.That(cleared.Header("ETag"), Is.EqualTo("\"3\"").And.EqualTo((await user.GetAsync(path)).Header("ETag")));

        (await user.PatchAsync(path, new { name = (string?)null })).ShouldFail(400, "validation_failed");
        (await user.PatchAsync(path, new { ownerId = other.UserId })).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task Changes_AreRefused_WhenVersionIsStale()
    {
        var path = $"{Path}/{(await user.PostAsync(Path, new { name = "First draft" })).IdOfData()}";
        (await user.PatchAsync(path, new { name = "Second draft" }, ("If-Match", "\"1\""))).ShouldSucceed();

        (await user.PatchAsync(path, new { name = "Third draft" }, ("If-Match", "\"1\""))).ShouldFail(412, "stale_version");
        (await user.DeleteAsync(path, ("If-Match", "\"1\""))).ShouldFail(412, "stale_version");
        Assert.That((string?)(await user.GetAsync(path)).Data["name"], Is.EqualTo("Second draft"));

        (await user.DeleteAsync(path, ("If-Match", "\"2\""))).ShouldSucceed(204);
    }

    [Test]
    public async Task Patch_SucceedsOnce_With8ParallelAttemptsOfOneVersion()
    {
        var path = $"{Path}/{(await user.PostAsync(Path, new { name = "First draft" })).IdOfData()}";

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => user.PatchAsync(path, new { name = $"Draft {i}" }, ("If-Match", "\"1\"")))
        );

        Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1));
        Assert.That(
            answers.Where(a => a.Status != 200).Select(a => (a.Status, a.Code)).Distinct(),
            Is.EqualTo(new[] { (412, (string?)"stale_version") })
        );
    }

    [Test]
    public async Task Delete_RemovesIt()
    {
        var path = $"{Path}/{(await user.PostAsync(Path, new { name = "First draft" })).IdOfData()}";
        (await user.DeleteAsync(path)).ShouldSucceed(204);
        (await user.GetAsync(path)).ShouldFail(404, "not_found");
        (await user.DeleteAsync(path)).ShouldFail(404, "not_found");
    }

    [Test]
    [Category("threat-16")]
    public async Task OtherUsers_GetNotFound()
    {
        var made = (await user.PostAsync(Path, new { name = "First draft" })).ShouldSucceed(201);
        var path = $"{Path}/{made.IdOfData()}";

        foreach (
            var answer in new[]
            {
                await other.GetAsync(path),
                await other.PatchAsync(path, new { name = "Mine" }),
                await other.DeleteAsync(path),
                await other.GetAsync($"{Path}/nonsense"),
            }
        )
        {
            answer.ShouldFail(404, "not_found");
        }

        Assert.That((await user.GetAsync(path)).ShouldSucceed().Data.ToJsonString(), Is.EqualTo(made.Data.ToJsonString()));
        Assert.That((await other.GetAsync(Path)).Text, Does.Not.Contain(made.IdOfData()));
    }

    [Test]
    public async Task Changes_AreAudited_AndShownInTheOwnersActivity()
    {
        var id = (await user.PostAsync(Path, new { name = "First draft" })).IdOfData();
        (await user.PatchAsync($"{Path}/{id}", new { name = "Second draft" })).ShouldSucceed();
        (await user.DeleteAsync($"{Path}/{id}")).ShouldSucceed(204);

        var entries = (await (await App.RootAsync()).GetAsync($"/admin/audit-log?target={id}")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(
                entries.Items.Select(e => (string?)e["action"]),
                Is.EqualTo(new[] { "widget.deleted", "widget.updated", "widget.created" })
            );
            Assert.That(entries.Items.Select(e => (string?)e["actor"]!["id"]), Is.All.EqualTo(user.UserId));
            Assert.That(entries.Items.Select(e => (string?)e["target"]!["type"]), Is.All.EqualTo("widget"));
            Assert.That(entries.Items[1]["details"]!["changed"]!.AsArray().Select(c => (string?)c), Is.EqualTo(new[] { "name" }));
        });
        Assert.That((await user.GetAsync("/users/me/activity?limit=3")).Items.Select(e => (string?)e["target"]!["id"]), Is.All.EqualTo(id));
    }

    [Test]
    [Category("threat-12")]
    public async Task Export_ContainsThem_AndDeletionRemovesThem()
    {
        using var leaving = await App.NewUserAsync();
        var id = (await leaving.PostAsync(Path, new { name = "First draft" })).IdOfData();

        var export = (await leaving.GetAsync("/users/me/export")).ShouldSucceed();
        Assert.That(
            export.Data["features"]!["widgets"]!.AsArray().Select(e => ((string?)e!["id"], (string?)e["name"])),
            Is.EqualTo(new[] { (id, "First draft") })
        );

        (await leaving.DeleteAsync("/users/me")).ShouldSucceed(204);
        Assert.That(await App.InspectAsync(db => db.Set<Widget>().AnyAsync(e => e.Id == id || e.OwnerId == leaving.UserId)), Is.False);
    }
}
