using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>Queries on the pages find what they should, and their output can be imported.</summary>
public sealed partial class QueryTests
{
    private static TestApp App => TestApp.Current;

    [Test]
    public void Queries_NameTheirDatabase() =>
        Assert.That(
            Page.All.SelectMany(p => p.Blocks)
                .Where(b => b.Language == "sql" && b.Notes.GetValueOrDefault("database") is not ("sqlite" or "sqlserver" or "postgresql"))
                .Select(b => b.Place),
            Is.Empty
        );

    [Test]
    public void QueriesForSqlServer_AreValidTransactSql()
    {
        var blocks = Page.All.SelectMany(p => p.Blocks).Where(b => b.Notes.GetValueOrDefault("database") == "sqlserver").ToList();
        Assert.That(blocks, Is.Not.Empty);
        Assert.That(string.Join('\n', blocks.Select(b => Parse(b.Place, b.Text)).OfType<string>()), Is.Empty);
    }

    // What operators may do to the database by hand; explaining a statement changes nothing.
    [Test]
    public void StatementsInTheText_AreValid()
    {
        var statements = Page
            .All.SelectMany(p =>
                p.Prose.SelectMany(line =>
                    Statement()
                        .Matches(line.Text)
                        .Select(m =>
                            (Place: $"{p.Path}:{line.Line}", Text: m.Groups["sql"].Value, ForSqlServer: m.Groups["server"].Success)
                        )
                )
            )
            .ToList();
        Assert.That(statements, Has.Count.GreaterThan(2));
        using var connection = new SqliteConnection($"Data Source={App.DatabaseFile};Pooling=false");
        connection.Open();
        Assert.That(
            string.Join(
                '\n',
                statements.Select(s => s.ForSqlServer ? Parse(s.Place, s.Text) : Explain(connection, s.Place, s.Text)).OfType<string>()
            ),
            Is.Empty
        );
    }

    [TestCase("docs/migrating-from-aspnet-identity.md", "moved-identity.example")]
    [TestCase("docs/migrating-from-better-auth.md", "moved-better-auth.example")]
    public async Task Export_CanBeImported_AndUsersSignInWithTheirPasswords(string path, string domain)
    {
        using var admin = await App.NewAdminAsync();
        var lines = string.Join('\n', OldDatabases.Export(Page.Of(path)));
        var report = (await admin.SendAsync(HttpMethod.Post, "/admin/users/import", Wire.Body(lines, "application/x-ndjson")))
            .ShouldSucceed()
            .Data;
        Assert.That((int)report["created"]!, Is.EqualTo(3), report.ToJsonString());

        var users = (await admin.GetAsync($"/admin/users?search={domain}&sort=email&order=asc")).Items.ToDictionary(u =>
            ((string)u["email"]!).Split('@')[0]
        );
        Assert.Multiple(() =>
        {
            Assert.That(users["ada"]["roles"]!.AsArray().Select(r => (string?)r), Is.EquivalentTo(new[] { "admin", "user" }));
            Assert.That((bool)users["ada"]["emailVerified"]! && !(bool)users["bob"]["emailVerified"]!, Is.True);
            Assert.That(users.Where(u => (bool)u.Value["banned"]!).Select(u => u.Key), Is.EqualTo(new[] { "bob" }), "users banned now");
        });
        var logins = (await admin.GetAsync($"/admin/users/{users["ada"]["id"]}/logins")).ShouldSucceed().Items;
        Assert.That(logins.Select(l => (string?)l["name"]), Is.EqualTo(new[] { "github" }));
        using var eve = App.NewBrowser();
        (await eve.PostAsync("/auth/sign-in", new { email = $"eve@{domain}", password = OldDatabases.Password })).ShouldSucceed();
    }

    private static string? Parse(string place, string sql)
    {
        using var reader = new StringReader(sql);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Count == 0 ? null : $"{place}, line {errors[0].Line}: {errors[0].Message}";
    }

    private static string? Explain(SqliteConnection connection, string place, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN {sql}";
        try
        {
            command.ExecuteNonQuery();
            return null;
        }
        catch (SqliteException e)
        {
            return $"{place}: {e.Message}";
        }
    }

    [GeneratedRegex("(?<server>SQL Server )?`(?<sql>(SELECT|UPDATE|DELETE FROM|INSERT INTO) [^`]+)`")]
    private static partial Regex Statement();
}
