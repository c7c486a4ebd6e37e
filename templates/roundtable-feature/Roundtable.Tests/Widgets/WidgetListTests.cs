using Roundtable.Tests.Support;

namespace Roundtable.Tests.Widgets;

/// <summary>The list: sort orders, pages and rejected requests.</summary>
public sealed class WidgetListTests
{
    private const string Path = WidgetsFeature.Own;

    // Two have the same name: the id decides between them.
    private static readonly string[] Names = ["Delta", "alpha", "Charlie", "bravo", "Alpha"];

    private static TestApp App => TestApp.Current;

    private readonly List<string> ids = [];
    private Browser user = null!;
    private Browser other = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        (user, other) = (await App.NewUserAsync(), await App.NewUserAsync());
        (await other.PostAsync(Path, new { name = "Not yours" })).ShouldSucceed(201);
        foreach (var name in Names)
        {
            ids.Add((await user.PostAsync(Path, new { name })).ShouldSucceed(201).IdOfData());
        }
    }

    [OneTimeTearDown]
    public void Leave()
    {
        user.Dispose();
        other.Dispose();
    }

    [TestCase("", "Alpha bravo Charlie alpha Delta")]
    [TestCase("sort=createdAt", "Alpha bravo Charlie alpha Delta")]
    [TestCase("sort=createdAt&order=asc", "Delta alpha Charlie bravo Alpha")]
    [TestCase("sort=name", "alpha Alpha bravo Charlie Delta")]
    [TestCase("sort=name&order=desc", "Delta Charlie bravo Alpha alpha")]
    public async Task Pages_ContainEachOnce_InTheRequestedOrder(string query, string expected)
    {
        foreach (var limit in (int[])[1, 2, 5])
        {
            var names = new List<string?>();
            var next = "";
            do
            {
                var piece = (await user.GetAsync($"{Path}?limit={limit}&{query}&includeTotal=true{next}")).ShouldSucceed();
                names.AddRange(piece.Items.Select(i => (string?)i["name"]));
                Assert.That((int?)piece.Data["pagination"]!["total"], Is.EqualTo(Names.Length));
                next = (string?)piece.Data["pagination"]!["nextCursor"] is { } cursor ? $"&cursor={cursor}" : "";
            } while (next.Length > 0);

            Assert.That(string.Join(' ', names), Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task List_ContinuesAfterTheCursor_WhenItsItemWasDeleted()
    {
        using var own = await App.NewUserAsync();
        foreach (var name in (string[])["a", "b", "c"])
        {
            (await own.PostAsync(Path, new { name })).ShouldSucceed(201);
        }

        var first = (await own.GetAsync($"{Path}?sort=name&limit=2")).ShouldSucceed();
        (await own.DeleteAsync($"{Path}/{(string?)first.Items[1]["id"]}")).ShouldSucceed(204);

        var second = await own.GetAsync($"{Path}?sort=name&limit=2&cursor={(string?)first.Data["pagination"]!["nextCursor"]}");
        Assert.That(second.Items.Select(i => (string?)i["name"]), Is.EqualTo(new[] { "c" }));
    }

    [Test]
    public async Task List_RefusesCursors_OfOtherListsAndUsers()
    {
        var cursor = (string?)(await user.GetAsync($"{Path}?limit=1&sort=name")).Data["pagination"]!["nextCursor"];
        (await user.GetAsync($"{Path}?limit=1&sort=name&cursor={cursor}")).ShouldSucceed();
        (await user.GetAsync($"{Path}?limit=1&sort=name&order=desc&cursor={cursor}")).ShouldFail(400, "invalid_cursor");
        (await user.GetAsync($"{Path}?limit=1&cursor={cursor}")).ShouldFail(400, "invalid_cursor");
        (await other.GetAsync($"{Path}?limit=1&sort=name&cursor={cursor}")).ShouldFail(400, "invalid_cursor");
        (await user.GetAsync($"{Path}?cursor=x")).ShouldFail(400, "invalid_cursor");
    }

    [TestCase("sort=size")]
    [TestCase("sort=1")]
    [TestCase("order=up")]
    [TestCase("limit=0")]
    [TestCase("limit=101")]
    [TestCase("owner=me")]
    [Category("threat-26")]
    public async Task List_RefusesInvalidValues(string query) =>
        (await user.GetAsync($"{Path}?{query}")).ShouldFail(400, "validation_failed");
}
