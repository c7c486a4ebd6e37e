using Roundtable.Tests.Support;

namespace Roundtable.Tests.Profiles;

/// <summary>Edge cases of standards: conditions with several tags, and characters of several code units.</summary>
public sealed class ProfileEdgeTests
{
    private static TestApp App => TestApp.Current;

    // RFC 9110, 13.1.1: the condition is true when any of the listed tags matches.
    [TestCase("{0}, \"999\"")]
    [TestCase("\"999\", {0}")]
    [TestCase("W/\"1\", \"x\", {0}")]
    public async Task Patch_HonoursIfMatch_WhenOneOfSeveralTagsIsCurrent(string tags)
    {
        using var own = await App.NewUserAsync();
        var current = (await own.GetAsync("/users/me")).Header("ETag");
        var header = string.Format(System.Globalization.CultureInfo.InvariantCulture, tags, current);
        (await own.PatchAsync("/users/me", new { name = "Any of them" }, ("If-Match", header))).ShouldSucceed();
        (await own.PatchAsync("/users/me", new { name = "None of them" }, ("If-Match", header))).ShouldFail(412, "stale_version");
    }

    [Test]
    public async Task Name_CanHave100Characters_OutsideTheBmp()
    {
        using var own = await App.NewUserAsync();
        var name = string.Concat(Enumerable.Repeat("🙂", 100));
        Assert.That((string?)(await own.PatchAsync("/users/me", new { name })).ShouldSucceed().Data["name"], Is.EqualTo(name));
        (await own.PatchAsync("/users/me", new { name = name + "x" })).ShouldFail(400, "validation_failed");

        // The longest name is also part of a cursor.
        using var admin = await App.SignInAsAdminAsync();
        using var neighbour = await App.NewUserAsync();
        (await neighbour.PatchAsync("/users/me", new { name = name[..^2] + "🙃" })).ShouldSucceed();
        var list = (await admin.GetAsync("/admin/users?search=🙂🙂&sort=name&limit=1")).ShouldSucceed();
        var cursor = (string?)list.Data["pagination"]!["nextCursor"];
        var next = (
            await admin.GetAsync($"/admin/users?search=🙂🙂&sort=name&limit=1&cursor={Uri.EscapeDataString(cursor!)}")
        ).ShouldSucceed();
        Assert.That((string?)next.Items.Single()["id"], Is.Not.EqualTo((string?)list.Items.Single()["id"]));
    }
}
