using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Transfer;

/// <summary>
/// An import tolerates what spreadsheets do to files, reports other errors by line and column, and stays cheap for any file.
/// </summary>
public sealed class LenientImportTests
{
    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [TestCase("E-Mail")]
    [TestCase("EMAIL")]
    [TestCase(" e mail ")]
    [TestCase("E\u2011Mail")]
    [TestCase("mail")]
    [TestCase("Email Address")]
    [TestCase("email_address")]
    [TestCase("\"Email\"")]
    public async Task AddressColumn_HasSeveralNames(string header) =>
        Assert.That(await CountsAsync($"{header},Name\nada@example.com,Ada\n"), Is.EqualTo((1, 1, 0)));

    [TestCase("email,name,\nada@example.com,Ada,\n")]
    [TestCase("email,name,,,\nada@example.com,Ada,,,\n")]
    [TestCase("email,name\n\n,\n , \nada@example.com,Ada\n,\n\n")]
    [TestCase("email,name\r\n\r\n,,,,\r\nada@example.com,Ada")]
    [TestCase("\ufeffemail , name\n  ada@example.com  ,\u00a0 Ada \n")]
    [TestCase("Email Verified,CREATED_AT,Ban Reason,Full name,E-mail,Role\nTRUE,2020-01-02,,Ada,ada@example.com,user ; user\n")]
    [TestCase("id,email,lastSeenAt,updatedAt,twoFactorEnabled\n1,ada@example.com,never,,\n")]
    public async Task SpreadsheetVariations_AreAccepted(string csv) => Assert.That(await CountsAsync(csv), Is.EqualTo((1, 1, 0)));

    [TestCase("", "no column 'email'")]
    [TestCase("\n\n", "no column 'email'")]
    [TestCase("email,name\n", "no rows")]
    [TestCase("email,name\n,\n \n", "no rows")]
    [TestCase("name\nAda\n", "no column 'email'")]
    [TestCase("email,isAdmin\na@example.com,1\n", "'isAdmin' (number 2)")]
    [TestCase("email,,name\na@example.com,,Ada\n", "'' (number 2)")]
    [TestCase("email,E-Mail\na@example.com,b@example.com\n", "'E-Mail' (number 2)")]
    public async Task InvalidFiles_AreRefusedWithTheReason(string csv, string reason)
    {
        var answer = (await SendAsync(csv)).ShouldFail(400, "validation_failed");
        Assert.That((string?)answer.Json["errors"]!["body"]![0], Does.Contain(reason).Or.Contain("no rows"));
        Assert.That((string?)answer.Json["reasons"]!["body"]![0]!["code"], Is.EqualTo("bad_file"));
    }

    [TestCase("name\nAda\n", "{\"fault\":\"no_email_column\"}")]
    [TestCase("email\n", "{\"fault\":\"no_rows\"}")]
    [TestCase("email,nmae\na@example.com,Ada\n", "{\"fault\":\"wrong_column\",\"column\":\"nmae\",\"number\":2}")]
    [TestCase("\"email\nada@example.com\n", "{\"fault\":\"not_csv\"}")]
    [TestCase("email\n\u00ffada@example.com\n", "{\"fault\":\"not_utf8\",\"line\":2}")]
    public async Task InvalidFiles_AreExplainedByCodeAndFacts(string csv, string facts)
    {
        var body = Wire.Body(Encoding.Latin1.GetBytes(csv), "text/csv");
        var context = (await admin.PostAsync("/admin/users/import", body)).ShouldFail(400, "validation_failed").Json["context"]!;
        foreach (var (name, value) in JsonNode.Parse(facts)!.AsObject())
        {
            Assert.That(JsonNode.DeepEquals(context[name], value), $"{name}: {context.ToJsonString()}");
        }

        Assert.That((string?)context["field"], Is.EqualTo("body"));
    }

    [TestCase("")]
    [TestCase("\n \n\n")]
    public async Task FilesOfEmptyLines_AreRefused(string ndjson) =>
        (await SendAsync(ndjson, "application/x-ndjson")).ShouldFail(400, "validation_failed");

    [Test]
    public async Task InvalidRows_AreReportedByLineAndColumn_WithAllErrors()
    {
        var report = (
            await SendAsync(
                """
                email,name,emailVerified,createdAt,roles,locale,image,timeZone,banExpiresAt,
                ada@example.com,Ada,maybe,03/04/2024,nobodys-role,Klingon,ftp://x,Mars/Base,soon,

                bob@example.com,Bob,,,,,,,,stray
                carl@example.com,Carl,,,,,,,,,,
                """
            )
        ).ShouldSucceed().Data;
        var rows = report["rows"]!.AsArray().Select(r => r!).ToList();
        Assert.That(rows.Select(r => (int)r["line"]!), Is.EqualTo(new[] { 2, 4, 5 }));
        foreach (var column in (string[])["emailVerified", "createdAt", "roles", "locale", "image", "timeZone", "banExpiresAt"])
        {
            Assert.That((string?)rows[0]["detail"], Does.Contain($"{column}: "));
        }

        Assert.That((string?)rows[0]["field"], Is.Not.Null);
        Assert.That(rows.Skip(1).Select(r => (string?)r["reason"]!["code"]), Is.All.EqualTo("bad_row"));
    }

    [TestCase("{\"email\":\"ada@example.com\",\"isAdmin\":true}", "isAdmin")]
    [TestCase("{\"email\":\"ada@example.com\",\"Name\":\"Ada\"}", "Name")]
    [TestCase("{\"email\":\"ada@example.com\",\"name\":\"a\",\"name\":\"b\"}", "name")]
    [TestCase("{\"email\":\"ada@example.com\",\"name\":5}", "name")]
    [TestCase("{\"email\":\"ada@example.com\",\"emailVerified\":\"true\"}", "emailVerified")]
    [TestCase("{\"email\":\"ada@example.com\",\"banned\":1}", "banned")]
    [TestCase("{\"email\":\"ada@example.com\",\"roles\":[1]}", "roles")]
    [TestCase("{\"email\":\"ada@example.com\",\"roles\":[null]}", "roles")]
    [TestCase("{\"email\":\"ada@example.com\",\"profile\":{\"bio\":1}}", "profile.bio")]
    [TestCase("{\"email\":\"ada@example.com\",\"profile\":{\"x\":1}}", "profile.x")]
    [TestCase("{\"email\":\"ada@example.com\",\"extra\":5}", "extra")]
    [TestCase("{\"name\":\"Ada\"}", "email")]
    [TestCase("{\"email\":null}", "email")]
    public async Task NdjsonLines_AreAsStrictAsBodies(string line, string field)
    {
        var row = (await SendAsync(line, "application/x-ndjson")).ShouldSucceed().Data["rows"]!.AsArray().Single()!;
        Assert.That(
            ((string?)row["outcome"], (string?)row["code"], (string?)row["field"]),
            Is.EqualTo(("failed", "validation_failed", field)),
            row.ToJsonString()
        );
    }

    [TestCase("{\"email\":\"ada@example.com\"}}")]
    [TestCase("{\"email\":\"ada@example.com\",}")]
    [TestCase("[\"ada@example.com\"]")]
    [TestCase("5")]
    [TestCase("null")]
    public async Task NdjsonLines_MustBeObjects(string line)
    {
        var row = (await SendAsync(line, "application/x-ndjson")).ShouldSucceed().Data["rows"]!.AsArray().Single()!;
        Assert.That((string?)row["reason"]!["code"], Is.EqualTo("bad_row"), row.ToJsonString());
        var deep = string.Concat(Enumerable.Repeat("{\"profile\":", 33)) + "1" + new string('}', 33);
        row = (await SendAsync(deep, "application/x-ndjson")).ShouldSucceed().Data["rows"]!.AsArray().Single()!;
        Assert.That((string?)row["outcome"], Is.EqualTo("failed"));
    }

    [TestCase("text/csv", "email\n", "x\n")]
    [TestCase("application/x-ndjson", "", "x\n")]
    [TestCase("application/x-ndjson", "", "1\n")]
    public async Task ManyShortLines_AreRefusedEarly(string type, string head, string line)
    {
        var clock = Stopwatch.StartNew();
        var answer = await SendAsync(head + string.Concat(Enumerable.Repeat(line, 1_250_000)), type);
        Assert.That((string?)answer.ShouldFail(400, "validation_failed").Json["errors"]!["body"]![0], Does.Contain("100000 rows"));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task Reports_AreLimited()
    {
        var answer = (await SendAsync("email\n" + string.Concat(Enumerable.Repeat("x\n", 12_345)))).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((int?)answer.Data["total"], Is.EqualTo(12_345));
            Assert.That((int?)answer.Data["failed"], Is.EqualTo(12_345));
            Assert.That(answer.Data["rows"]!.AsArray(), Has.Count.EqualTo(10_000));
            Assert.That((int?)answer.Data["rowsOmitted"], Is.EqualTo(2_345));
            Assert.That(answer.Text, Has.Length.LessThan(4_000_000));
        });
    }

    [Test]
    public async Task ImportedAndInvitedUsers_DoNotCountAsSignUps()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        var before = await SignUpsAsync(root);
        (await root.PostAsync("/admin/users/import", Wire.Body("email\na@example.com\nb@example.com\n", "text/csv"))).ShouldSucceed();
        (await root.PostAsync("/admin/users", new { email = "c@example.com", sendInvitation = true })).ShouldSucceed(201);
        using var invited = app.NewBrowser();
        (
            await invited.PostAsync("/auth/magic-link/verify", new { token = (await app.Mail.WaitAsync("c@example.com"))[0].Token })
        ).ShouldSucceed();
        Assert.That(await SignUpsAsync(root), Is.EqualTo(before));
        using var user = await app.NewUserAsync();
        (
            await user.PostAsync(
                "/auth/sign-up",
                new
                {
                    email = "d@example.com",
                    password = "violet stapler fountain",
                    name = "D",
                }
            )
        ).ShouldSucceed(202);
        Assert.That(await SignUpsAsync(root), Is.EqualTo(before + 2));
    }

    private static async Task<int> SignUpsAsync(Browser root) =>
        (int)(await root.GetAsync("/admin/stats")).ShouldSucceed().Data["totals"]!["signUps"]!;

    private Task<Answer> SendAsync(string text, string type = "text/csv") =>
        admin.PostAsync("/admin/users/import?dryRun=true", Wire.Body(text, type));

    private async Task<(int Total, int Created, int Failed)> CountsAsync(string csv)
    {
        var report = (await SendAsync(csv.Replace("ada@", $"ada{Guid.NewGuid():N}@", StringComparison.Ordinal))).ShouldSucceed();
        JsonNode data = report.Data;
        Assert.That((int)data["failed"]!, Is.Zero, report.Text);
        return ((int)data["total"]!, (int)data["created"]!, (int)data["failed"]!);
    }
}
