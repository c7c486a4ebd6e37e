using Microsoft.SqlServer.TransactSql.ScriptDom;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>Queries of the pages find what they should, and what they give can be imported.</summary>
public sealed class QueryTests
{
    private static TestApp App => TestApp.Current;

    [Test]
    public void Queries_SayForWhichDatabaseTheyAre() => Assert.That(
        Page.All.SelectMany(p => p.Blocks).Where(b => b.Language == "sql" && b.Notes.GetValueOrDefault("database") is not ("sqlite" or "sqlserver" or "postgresql")).Select(b => b.Place), Is.Empty);

    [Test]
    public void Queries_ForSqlServer_AreItsLanguage()
    {
        var blocks = Page.All.SelectMany(p => p.Blocks).Where(b => b.Notes.GetValueOrDefault("database") == "sqlserver").ToList();
        Assert.That(blocks, Is.Not.Empty);
        foreach (var block in blocks)
        {
            using var reader = new StringReader(block.Text);
            new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
            Assert.That(errors.Select(e => $"{block.Place}, line {e.Line}: {e.Message}"), Is.Empty);
        }
    }

    [TestCase("docs/migrating-from-aspnet-identity.md", "moved-identity.example")]
    [TestCase("docs/migrating-from-better-auth.md", "moved-better-auth.example")]
    public async Task Export_CanBeImported_AndPeopleSignInWithTheirPasswords(string path, string domain)
    {
        using var admin = await App.NewAdminAsync();
        var lines = string.Join('\n', OldDatabases.Export(Page.Of(path)));
        var report = (await admin.SendAsync(HttpMethod.Post, "/admin/users/import", Wire.Body(lines, "application/x-ndjson"))).ShouldSucceed().Data;
        Assert.That((int)report["created"]!, Is.EqualTo(3), report.ToJsonString());

        var users = (await admin.GetAsync($"/admin/users?search={domain}&sort=email&order=asc")).Items.ToDictionary(u => ((string)u["email"]!).Split('@')[0]);
        Assert.Multiple(() =>
        {
            Assert.That(users["ada"]["roles"]!.AsArray().Select(r => (string?)r), Is.EquivalentTo(new[] { "admin", "user" }));
            Assert.That((bool)users["ada"]["emailVerified"]! && !(bool)users["bob"]["emailVerified"]!, Is.True);
            Assert.That(users.Where(u => (bool)u.Value["banned"]!).Select(u => u.Key), Is.EqualTo(new[] { "bob" }), "whoever is kept out now");
        });
        using var eve = App.NewBrowser();
        (await eve.PostAsync("/auth/sign-in", new { email = $"eve@{domain}", password = OldDatabases.Password })).ShouldSucceed();
    }
}
