using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Search;
using Roundtable.Infrastructure.Persistence.Sqlite.Search;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>The index for the user list's search follows changes to users; the tests that inspect it use SQLite's.</summary>
[Category(Databases.OnServer)]
public sealed class UserSearchTests
{
    private TestApp app = null!;
    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        admin = await app.SignInAsAdminAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        await app.DisposeAsync();
    }

    [TestCase("O'Brien \"Bo\" 100%_sure", "brien \"bo\" 100%_")]
    [TestCase("Łukasz Żółć", "kasz żółć")]
    [TestCase("🦊🦊🦊 fox", "🦊🦊🦊")]
    [TestCase("Weird AND OR NOT (x*)", "AND or NOT (X*)")]
    [TestCase("Tiny xq", "xq")]
    public async Task Search_FindsAnySubstring(string name, string part)
    {
        var id = await CreateAsync(name);
        Assert.That(await FindAsync(part), Does.Contain(id));
        Assert.That(await FindAsync(part + "§§§"), Is.Empty);
    }

    [Test]
    public async Task Search_DoesNotFindSeparatedParts()
    {
        // All trigrams of "abcabd" occur, but not in that order.
        await CreateAsync("cabd abca bcab");
        Assert.That(await FindAsync("abcabd"), Is.Empty);
    }

    [Test]
    public async Task Search_FindsANewName()
    {
        var id = await CreateAsync("Beforehand Qwertz");
        (await admin.PatchAsync($"/admin/users/{id}", new { name = "Afterwards Asdf" })).ShouldSucceed();
        Assert.That(await FindAsync("beforehand qw"), Is.Empty);
        Assert.That(await FindAsync("afterwards as"), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task Index_IsEmpty_AfterAUserIsDeleted()
    {
        Assert.That(app.DatabaseFile, Does.Exist);
        var id = await CreateAsync("Ephemeral Zyxwvut");
        await IndexAsync();
        (await admin.DeleteAsync($"/admin/users/{id}")).ShouldSucceed(204);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        Assert.That(
            await db.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM \"UserSearchKeys\" WHERE \"UserId\" = {id}").SingleAsync(),
            Is.Zero
        );
        Assert.That(
            await db
                .Database.SqlQuery<int>($"SELECT count(*) AS Value FROM \"UserSearch\" WHERE \"UserSearch\" MATCH '\"YXW\"'")
                .SingleAsync(),
            Is.Zero
        );
        Assert.That(
            await db.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM (SELECT * FROM \"UserSearch\")").SingleAsync(),
            Is.EqualTo(await db.Users.CountAsync()),
            "rows of the index"
        );
    }

    [Test]
    public async Task Search_FindsTheSame_BeforeAndAfterIndexing()
    {
        var id = await CreateAsync("Pending Wvutsrq");
        Assert.That(await FindAsync("wvutsr"), Is.EqualTo(new[] { id }), "new");
        await IndexAsync();
        Assert.That(await FindAsync("wvutsr"), Is.EqualTo(new[] { id }), "indexed");
        foreach (var name in (string[])["Renamed Ponmlkj", "Renamed Again Ihgfedc"])
        {
            (await admin.PatchAsync($"/admin/users/{id}", new { name })).ShouldSucceed();
        }

        Assert.That(
            (await FindAsync("wvutsr"), await FindAsync("ponmlk"), await FindAsync("ihgfed")),
            Is.EqualTo((Array.Empty<string>(), Array.Empty<string>(), new[] { id })),
            "renamed"
        );
        await IndexAsync();
        Assert.That(
            (await FindAsync("wvutsr"), await FindAsync("ponmlk"), await FindAsync("ihgfed")),
            Is.EqualTo((Array.Empty<string>(), Array.Empty<string>(), new[] { id })),
            "reindexed"
        );
        Assert.That(await CountAsync("WVU") + await CountAsync("PON"), Is.Zero, "index entries of former names");
        Assert.That(await CountAsync("HGF"), Is.EqualTo(1));
    }

    [Test]
    public async Task Index_IsEmpty_WhenAUserIsDeletedBeforeIndexing([Values] bool indexedBefore)
    {
        Assert.That(app.DatabaseFile, Does.Exist);
        var id = await CreateAsync("Ghostly Qqxxzz");
        if (indexedBefore)
        {
            await IndexAsync();
            (await admin.PatchAsync($"/admin/users/{id}", new { name = "Ghostly Zzxxqq" })).ShouldSucceed();
        }

        (await admin.DeleteAsync($"/admin/users/{id}")).ShouldSucceed(204);
        await IndexAsync();
        Assert.That(await CountAsync("QXX") + await CountAsync("ZXX"), Is.Zero);
        await app.ArrangeAsync(async db =>
            Assert.That(await db.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM \"UserSearchPending\"").SingleAsync(), Is.Zero)
        );
    }

    [TestCase("", null)]
    [TestCase("AB", null)]
    [TestCase("ABC", "\"ABC\"")]
    [TestCase("A\"BC", "\"A\"\"B\" AND \"\"\"BC\"")]
    [TestCase("AAAA", "\"AAA\"")]
    public void Expression_ContainsEachTrigram(string part, string? expected) =>
        Assert.That(SqliteUserSearch.Expression(part), Is.EqualTo(expected));

    private async Task IndexAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IUserSearch>().IndexAsync(default);
    }

    private async Task<int> CountAsync(string sequence)
    {
        Assert.That(app.DatabaseFile, Does.Exist);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        return await db
            .Database.SqlQuery<int>($"SELECT count(*) AS Value FROM \"UserSearch\" WHERE \"UserSearch\" MATCH {$"\"{sequence}\""}")
            .SingleAsync();
    }

    private async Task<string> CreateAsync(string name) =>
        (string)(await admin.PostAsync("/admin/users", new { email = TestApp.NewEmail(), name })).ShouldSucceed(201).Data["id"]!;

    private async Task<List<string>> FindAsync(string part) =>
        [
            .. (await admin.GetAsync($"/admin/users?search={Uri.EscapeDataString(part)}"))
                .ShouldSucceed()
                .Items.Select(i => (string)i["id"]!),
        ];
}
