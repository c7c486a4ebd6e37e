using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>Stored text is in Unicode normalization form C, however it was typed.</summary>
public sealed class UnicodeTests
{
    private const string Nfc = "Zo\u00eb \u1e69";
    private const string Nfd = "Zoe\u0308 s\u0323\u0307";

    [Test]
    public async Task BodyTexts_AreNormalizedToFormC()
    {
        await using var app = TestApp.Start(("Profile:Fields:company:MaxLength", "50"));
        var root = await app.RootAsync();
        (
            await root.PatchAsync(
                "/users/me",
                new
                {
                    name = Nfd,
                    bio = Nfd,
                    extra = new { company = Nfd },
                }
            )
        ).ShouldSucceed();
        var own = (await root.GetAsync("/users/me")).Data;
        Assert.That(
            ((string?)own["name"], (string?)own["profile"]!["bio"], (string?)own["profile"]!["extra"]!["company"]),
            Is.EqualTo((Nfc, Nfc, Nfc))
        );

        using var user = await app.NewUserAsync();
        (await root.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = Nfd })).ShouldSucceed();
        Assert.That((string?)(await root.GetAsync($"/admin/users/{user.UserId}")).Data["banReason"], Is.EqualTo(Nfc));
        var made = (await root.PostAsync("/admin/users", new { email = TestApp.NewEmail(), name = Nfd })).ShouldSucceed(201);
        Assert.That((string?)made.Data["name"], Is.EqualTo(Nfc));
        (
            await user.PostAsync(
                "/auth/sign-up",
                new
                {
                    email = "signed-up@example.com",
                    password = "violet stapler fountain",
                    name = Nfd,
                }
            )
        ).ShouldSucceed(202);
        using var linked = app.NewBrowser();
        (await linked.PostAsync("/auth/magic-link", new { email = "linked@example.com", name = Nfd })).ShouldSucceed(202);
        (
            await linked.PostAsync("/auth/magic-link/verify", new { token = (await app.Mail.WaitAsync("linked@example.com"))[0].Token })
        ).ShouldSucceed();
        var hook = (await root.PostAsync("/admin/webhooks", new { url = "https://hooks.example.com/x", description = Nfd })).ShouldSucceed(
            201
        );
        Assert.That(hook.Text, Does.Contain(Nfc).Or.Contain("Zo\\u00eb"));
        foreach (
            var (type, file) in ((string, string)[])
                [
                    ("text/csv", $"email,name,banned,banReason,bio\ncsv@example.com,{Nfd},1,{Nfd},{Nfd}\n"),
                    (
                        "application/x-ndjson",
                        $$$"""{"email":"json@example.com","name":"{{{Nfd}}}","banned":true,"""
                            + $$$"""  "banReason":"{{{Nfd}}}","profile":{"bio":"{{{Nfd}}}"}}"""
                    ),
                ]
        )
        {
            Assert.That(
                (int?)(await root.PostAsync("/admin/users/import", Wire.Body(file, type))).ShouldSucceed().Data["created"],
                Is.EqualTo(1)
            );
        }

        // All text columns, whatever the source.
        var texts = await app.InspectAsync(async db =>
            (await db.Users.AsNoTracking().Include(u => u.Profile).ToListAsync())
                .SelectMany(u => (string?[])[u.Name, u.BanReason, u.Profile.Bio, u.Profile.Extra])
                .ToList()
        );
        Assert.That(texts.Where(t => t?.IsNormalized(NormalizationForm.FormC) == false), Is.Empty);
        Assert.That(texts.Count(t => t == Nfc), Is.GreaterThanOrEqualTo(11));
    }
}

/// <summary>A search finds names regardless of case, accents, whitespace and Unicode form, on every database.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class SearchFoldingTests(Roundtable.Infrastructure.Persistence.DatabaseProvider provider)
{
    private TestApp app = null!;
    private Browser root = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = Databases.Start(provider);
        root = await app.RootAsync();
        string[] names =
        [
            "Zo\u00eb Washburne",
            "Zoe\u0308 Heriot",
            "Bj\u00f8rn \u0141ukasz",
            "Anna  Maria\u00a0 Stra\u00dfe",
            "\u1f08\u03b8\u03b7\u03bd\u1fb6",
            "\u0130brahim",
            "\uff21\uff22\uff23 Ltd",
            "\uac00\ub098\ub2e4",
            "\u304c\u304e\u3050",
        ];
        foreach (var (index, name) in names.Index())
        {
            (await root.PostAsync("/admin/users", new { email = $"n{index}@example.com", name })).ShouldSucceed(201);
        }
    }

    [OneTimeTearDown]
    public ValueTask Stop() => app.DisposeAsync();

    [TestCase("zoe", 2)]
    [TestCase("ZOE", 2)]
    [TestCase("zo\u00eb", 2)]
    [TestCase("zoe\u0308", 2)]
    [TestCase("  zo\u00cb  w", 1)]
    [TestCase("bjorn lukasz", 1)]
    [TestCase("BJ\u00d8RN", 1)]
    [TestCase("anna maria strasse", 1)]
    [TestCase(" anna   maria stra\u00dfe ", 1)]
    [TestCase("\u03b1\u03b8\u03b7\u03bd\u03b1", 1)]
    [TestCase("ibrahim", 1)]
    [TestCase("abc ltd", 1)]
    [TestCase("\uac00\ub098", 1)]
    [TestCase("\u1100\u1161\u1102\u1161", 1)]
    [TestCase("\u304c\u304e", 1)]
    [TestCase("\u304b\u304d\u304f", 0)]
    [TestCase("N3@EXAMPLE.com", 1)]
    public async Task Search_FindsUnicodeVariants(string text, int count)
    {
        foreach (var path in (string[])["/admin/users?includeTotal=true&search=", "/admin/users?sort=name&limit=100&search="])
        {
            var answer = (await root.GetAsync(path + Uri.EscapeDataString(text))).ShouldSucceed();
            Assert.That(answer.Items, Has.Count.EqualTo(count), answer.Text);
        }

        var export = (await root.GetAsync("/admin/users/export?format=ndjson&search=" + Uri.EscapeDataString(text))).ShouldSucceed();
        Assert.That(export.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(count));
    }

    [Test]
    public async Task Lists_SortedByName_ContainEachUserOnce()
    {
        var names = new List<string>();
        for (
            string? cursor = null, query = "";
            query is not null;
            query = cursor is null ? null : $"&cursor={Uri.EscapeDataString(cursor)}"
        )
        {
            var page = (await root.GetAsync($"/admin/users?sort=name&limit=2{query}")).ShouldSucceed();
            names.AddRange(page.Items.Select(i => (string)i["name"]!));
            cursor = (string?)page.Data["pagination"]!["nextCursor"];
        }

        Assert.That(names, Is.Unique);
        Assert.That(names, Has.Count.EqualTo(10));
        Assert.That(
            names.FindIndex(n => n.EndsWith("Heriot", StringComparison.Ordinal)),
            Is.EqualTo(names.FindIndex(n => n.EndsWith("Washburne", StringComparison.Ordinal)) - 1)
        );
    }
}

/// <summary>Names that an earlier version stored with only their case folded are found like new ones once they are reindexed.</summary>
public sealed class FoldedNamesTests
{
    [Test]
    public async Task NormalizedNames_AreRecomputed_ByTheMigration()
    {
        await using var app = TestApp.Start(("Database:Provider", "Sqlite"));
        var root = await app.RootAsync();
        var id = (await root.PostAsync("/admin/users", new { email = "zoe@example.org", name = "Zo\u00eb  W" }))
            .ShouldSucceed(201)
            .IdOfData();
        await IndexAsync(app);

        // The state before the upgrade: indexed, and queued only by the migration.
        await WriteAsync(app, "DROP TRIGGER \"UserSearch_Update\"");
        await WriteAsync(app, "UPDATE \"Users\" SET \"NormalizedName\" = 'ZO\u00cb  W' WHERE \"Email\" = 'zoe@example.org'");
        await IndexAsync(app);
        Assert.That((await root.GetAsync("/admin/users?search=zoe+w")).Items, Is.Empty);
        await WriteAsync(app, Sql());
        await IndexAsync(app);
        Assert.That(await NameAsync(app, id), Is.EqualTo("ZOE W"));
        Assert.That((await root.GetAsync("/admin/users?search=zoe+w")).Items, Has.Count.EqualTo(1));
    }

    private static Task<int> WriteAsync(TestApp app, string sql) => app.InspectAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    private static string Sql() =>
        new Roundtable.Infrastructure.Persistence.Sqlite.Migrations.FoldNames()
            .UpOperations.OfType<Microsoft.EntityFrameworkCore.Migrations.Operations.SqlOperation>()
            .Single()
            .Sql;

    private static Task<string> NameAsync(TestApp app, string id) =>
        app.InspectAsync(db => db.Users.Where(u => u.Id == id).Select(u => u.NormalizedName).SingleAsync());

    private static async Task IndexAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Roundtable.Infrastructure.Persistence.Search.IUserSearch>().IndexAsync(default);
    }
}
