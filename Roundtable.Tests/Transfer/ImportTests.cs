using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Transfer;

/// <summary>Importing users from files: what is accepted, what is rejected, and the report for each row.</summary>
public sealed class ImportTests
{
    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [Test]
    public async Task Csv_CreatesAccounts_AndReportsTheRest()
    {
        var (good, taken, twice) = (TestApp.NewEmail("good"), TestApp.NewEmail("taken"), TestApp.NewEmail("twice"));
        using var owner = await App.SignInAsync(taken);
        var report = await ImportAsync(
            $""""
            email,name,emailVerified,roles,createdAt,banned,banReason
            {good},"Lovelace, ""Ada""",true,admin;user,2020-02-29T12:00:00Z,false,
            {taken.ToUpperInvariant()},Taken,,,,,
            {twice},First,0,,,1,Spam

            {twice.ToUpperInvariant()},Second,,,,,
            not an address,Nobody,,,,,
            {TestApp.NewEmail()},Roles,,nobodys-role,,,
            {TestApp.NewEmail()},Flag,maybe,,,,
            {TestApp.NewEmail()},Time,,,yesterday,,
            {TestApp.NewEmail()},Future,,,2999-01-01,,
            {TestApp.NewEmail()},Many,,,,,,,,
            """"
        );
        var rows = Rows(report);
        Assert.Multiple(() =>
        {
            Assert.That((bool?)report["dryRun"], Is.False);
            Assert.That(Counts(report), Is.EqualTo((10, 2, 2, 6)));
            Assert.That(rows.Select(r => r.Line), Is.EqualTo(new[] { 3, 6, 7, 8, 9, 10, 11, 12 }));
            Assert.That(
                rows.Select(r => r.Outcome),
                Is.EqualTo(new[] { "skipped", "skipped", "failed", "failed", "failed", "failed", "failed", "failed" })
            );
            Assert.That(
                rows.Select(r => r.Code),
                Is.EqualTo(new[] { "email_taken", "email_taken" }.Concat(Enumerable.Repeat("validation_failed", 6)))
            );
            Assert.That(rows.Select(r => r.Detail), Is.All.Not.Empty);
        });
        var made = await FindAsync(good);
        Assert.Multiple(() =>
        {
            Assert.That((string?)made["name"], Is.EqualTo("Lovelace, \"Ada\""));
            Assert.That((bool?)made["emailVerified"], Is.True);
            Assert.That(made["roles"]!.AsArray().Select(r => (string?)r), Is.EquivalentTo(new[] { "admin", "user" }));
            Assert.That((string?)made["createdAt"], Does.StartWith("2020-02-29T12:00:00"));
        });
        var banned = await FindAsync(twice);
        Assert.Multiple(() =>
        {
            Assert.That((string?)banned["name"], Is.EqualTo("First"));
            Assert.That((bool?)banned["banned"], Is.True);
            Assert.That((string?)banned["banReason"], Is.EqualTo("Spam"));
            Assert.That((bool?)banned["emailVerified"], Is.False);
        });
    }

    [Test]
    public async Task Ndjson_CreatesAccounts_AndReportsTheRest()
    {
        var (good, twice) = (TestApp.NewEmail("good"), TestApp.NewEmail("twice"));
        const string day = "2020-02-29T12:00:00+02:00";
        var report = await ImportAsync(
            $$"""
            {"email":"{{good}}","name":"Ada","emailVerified":true,"roles":["admin"],"createdAt":"{{day}}","banned":false,"banReason":null}
            {"email":"{{twice}}"}

            {"email":"{{twice}}"}
            {"email":
            ["{{TestApp.NewEmail()}}"]
            {"email":"{{TestApp.NewEmail()}}","isAdmin":true}
            {"name":"Nobody"}
            {"email":"{{TestApp.NewEmail()}}","name":"\ud800"}
            {"email":"\udc00@example.com"}
            {"\ud800":1}
            {"email":"{{TestApp.NewEmail()}}","roles":["\ud800"]}
            {"email":"{{TestApp.NewEmail()}}","roles":[{"a":1},null]}
            {"email":{"a":1} }
            """,
            "application/x-ndjson"
        );
        var rows = Rows(report);
        Assert.Multiple(() =>
        {
            Assert.That(Counts(report), Is.EqualTo((13, 2, 1, 10)));
            Assert.That(rows.Select(r => r.Line), Is.EqualTo(new[] { 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 }));
            Assert.That(rows[0].Outcome, Is.EqualTo("skipped"));
            Assert.That(rows.Skip(1).Select(r => r.Code), Is.All.EqualTo("validation_failed"));
        });
        var made = await FindAsync(good);
        Assert.Multiple(() =>
        {
            Assert.That(made["roles"]!.AsArray().Select(r => (string?)r), Does.Contain("admin"));
            Assert.That((string?)made["createdAt"], Does.StartWith("2020-02-29T10:00:00"));
        });
    }

    [Test]
    public async Task DryRun_WritesNothing_AndReportsEveryRow()
    {
        var (email, other) = (TestApp.NewEmail(), TestApp.NewEmail());
        var entries = await App.InspectAsync(db => db.AuditEntries.CountAsync(e => e.ActorId == admin.UserId));
        var report = await ImportAsync($"email,name\n{email},A\n{email},B\n{other},C\nnobody,D\n", dryRun: true);
        Assert.Multiple(() =>
        {
            Assert.That((bool?)report["dryRun"], Is.True);
            Assert.That(Counts(report), Is.EqualTo((4, 2, 1, 1)));
            Assert.That(
                Rows(report).Select(r => (r.Line, r.Outcome)),
                Is.EqualTo(new[] { (2, "created"), (3, "skipped"), (4, "created"), (5, "failed") })
            );
        });
        Assert.That(await App.InspectAsync(db => db.Users.CountAsync(u => u.Email == email || u.Email == other)), Is.Zero);
        Assert.That(await App.InspectAsync(db => db.AuditEntries.CountAsync(e => e.ActorId == admin.UserId)), Is.EqualTo(entries));
        Assert.That((await admin.GetAsync($"/admin/users?search={email}")).Items, Is.Empty);
    }

    [Test]
    public async Task Logins_AreConnected_UnlessAnotherAccountHasThem([Values] bool dryRun, [Values("csv", "ndjson")] string format)
    {
        var subject = Guid.NewGuid().ToString("N");
        var (owner, other, twice, bad) = (TestApp.NewEmail(), TestApp.NewEmail(), TestApp.NewEmail(), TestApp.NewEmail());
        var github = $$"""{"provider":"github","subject":"{{subject}}"}""";
        var (text, type) =
            format == "csv"
                ? (
                    $"email,logins\n{owner},github:{subject};google:{subject}\n{other},github:{subject}\n"
                        + $"{twice},a:1;a:2\n{bad},github\n",
                    "text/csv"
                )
                : (
                    $$"""
                    {"email":"{{owner}}","logins":[{{github}},{"provider":"google","subject":"{{subject}}"}]}
                    {"email":"{{other}}","logins":[{{github}}]}
                    {"email":"{{twice}}","logins":[{"provider":"a","subject":"1"},{"provider":"a","subject":"2"}]}
                    {"email":"{{bad}}","logins":[{"provider":"github","subject":""}]}
                    """,
                    "application/x-ndjson"
                );
        var report = await ImportAsync(text, type, dryRun);
        Assert.That(Counts(report), Is.EqualTo((4, 1, 0, 3)));
        Assert.That(
            Rows(report).Where(r => r.Outcome == "failed").Select(r => r.Code),
            Is.EqualTo(new[] { "conflict", "validation_failed", "validation_failed" })
        );
        if (!dryRun)
        {
            var id = (string?)(await FindAsync(owner))["id"];
            var logins = (await admin.GetAsync($"/admin/users/{id}/logins")).ShouldSucceed().Items;
            Assert.That(logins.Select(l => (string?)l["name"]), Is.EqualTo(new[] { "github", "google" }));
            // The login is taken in the next file, too.
            Assert.That(Counts(await ImportAsync($"email,logins\n{other},google:{subject}\n")), Is.EqualTo((1, 0, 0, 1)));
        }
    }

    [Test]
    public async Task LineNumbers_AreThoseOfTheFile_WhenACellHasSeveralLines()
    {
        var report = await ImportAsync($"email,banReason\r\n{TestApp.NewEmail()},\"two\r\nlines\"\r\nnobody,x\r\n", dryRun: true);
        Assert.That(Rows(report).Select(r => r.Line), Is.EqualTo(new[] { 2, 4 }));
    }

    [Test]
    public async Task Csv_MayBeginWithAByteOrderMark()
    {
        var email = TestApp.NewEmail();
        Assert.That(Counts(await ImportAsync($"\ufeffemail,name\r\n{email},Ada\r\n")), Is.EqualTo((1, 1, 0, 0)));
        Assert.That(
            Counts(await ImportAsync($"\ufeff{{\"email\":\"{TestApp.NewEmail()}\"}}", "application/x-ndjson")),
            Is.EqualTo((1, 1, 0, 0))
        );
    }

    [TestCase("email,isAdmin\na@example.com,true")]
    [TestCase("email,email\na@example.com,b@example.com")]
    [TestCase("name\nAda")]
    [TestCase("email,,name\na@example.com,,Ada")]
    [TestCase("email,mail\na@example.com,b@example.com")]
    public async Task CsvWithOtherColumns_IsRefused(string csv)
    {
        var answer = (await SendAsync(csv)).ShouldFail(400, "validation_failed");
        Assert.That(answer.Json["errors"]!["body"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task UnclosedQuote_IsReported_WithTheAccountsCreatedBefore()
    {
        var good = Enumerable.Range(0, 450).Select(_ => TestApp.NewEmail("before")).ToList();
        var report = await ImportAsync(
            $"email,name\n{string.Join('\n', good.Select(g => $"{g},A"))}\n{TestApp.NewEmail()},\"open\n{TestApp.NewEmail()},B\n"
        );
        Assert.Multiple(() =>
        {
            Assert.That(Counts(report), Is.EqualTo((451, 450, 0, 1)));
            Assert.That(Rows(report).Single().Code, Is.EqualTo("validation_failed"));
        });
        Assert.That((await FindAsync(good[^1]))["email"], Is.Not.Null);
    }

    [Test]
    public async Task RolesTheCallerLacks_AreNotImported()
    {
        using var clerk = await App.NewStaffAsync("users:import", "users:list");
        var lower = await App.NewRoleAsync("users:list");
        var (one, two) = (TestApp.NewEmail(), TestApp.NewEmail());
        var answer = (await SendAsync($"email,roles\n{one},admin\n{two},{lower}\n", by: clerk)).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(Counts(answer.Data), Is.EqualTo((2, 1, 0, 1)));
            Assert.That(Rows(answer.Data).Single().Code, Is.EqualTo("forbidden"));
        });
        Assert.That((await admin.GetAsync($"/admin/users?search={one}")).Items, Is.Empty);
    }

    [TestCase("application/json", 415, "unsupported_media_type")]
    [TestCase("text/plain", 415, "unsupported_media_type")]
    [TestCase("multipart/form-data; boundary=x", 415, "unsupported_media_type")]
    [TestCase("application/x-www-form-urlencoded", 415, "unsupported_media_type")]
    [TestCase(null, 415, "unsupported_media_type")]
    public async Task OtherMediaTypes_AreRefused(string? type, int status, string code) =>
        (await admin.SendAsync(HttpMethod.Post, "/admin/users/import", Wire.Body($"email\n{TestApp.NewEmail()}\n", type))).ShouldFail(
            status,
            code
        );

    [TestCase("TEXT/CSV; charset=utf-8")]
    [TestCase("text/csv")]
    public async Task MediaType_MayHaveParameters(string type) =>
        (await admin.SendAsync(HttpMethod.Post, "/admin/users/import", Wire.Body($"email\n{TestApp.NewEmail()}\n", type))).ShouldSucceed();

    [Test]
    public async Task FilesOverTenMegabytes_AreRefused_AndNothingIsCreated([Values] bool chunked)
    {
        var email = TestApp.NewEmail("large");
        var text = $"email,name\n{email},A\n" + string.Concat(Enumerable.Repeat("nobody,x\n", 1_200_000));
        using var body = Wire.Body(text, "text/csv");
        if (chunked)
        {
            body.Headers.ContentLength = null;
        }

        var answer = await admin.SendAsync(
            HttpMethod.Post,
            "/admin/users/import",
            body,
            chunked ? [("Transfer-Encoding", "chunked")] : [("Expect", "100-continue")]
        );
        answer.ShouldFail(413, "payload_too_large");
        Assert.That((await admin.GetAsync($"/admin/users?search={email}")).Items, Is.Empty);
    }

    [TestCase("1900-01-01T00:00:00Z")]
    [TestCase("0001-01-01T00:00:00Z")]
    [TestCase("1969-12-31")]
    public async Task OldTimes_AreAccepted(string time) =>
        Assert.That(Counts(await ImportAsync($"email,createdAt\n{TestApp.NewEmail()},{time}\n")), Is.EqualTo((1, 1, 0, 0)));

    [TestCase("not a hash")]
    [TestCase("$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy")]
    [TestCase("00112233445566778899aabbccddeeff:abcd")]
    [TestCase("AQAAAAE=")]
    [TestCase("AQAAAAF/////AAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task UnknownHashes_AreRefused(string hash)
    {
        var report = await ImportAsync($"email,passwordHash\n{TestApp.NewEmail()},{hash}\n", dryRun: true);
        Assert.That(Rows(report).Single(), Has.Property("Outcome").EqualTo("failed").And.Property("Code").EqualTo("validation_failed"));
    }

    [Test]
    public async Task Import_IsAudited_WithoutTheAddresses()
    {
        var email = TestApp.NewEmail();
        await ImportAsync($"email\n{email}\nnobody\n");
        var entries = (await admin.GetAsync($"/admin/audit-log?action=users.imported&actor={admin.UserId}&limit=100")).Items;
        Assert.That(
            entries.Select(e => e["details"]!.ToJsonString()),
            Does.Contain("{\"total\":2,\"created\":1,\"skipped\":0,\"failed\":1}")
        );
    }

    private Task<Answer> SendAsync(string text, string type = "text/csv", bool dryRun = false, Browser? by = null) =>
        (by ?? admin).SendAsync(HttpMethod.Post, $"/admin/users/import?dryRun={(dryRun ? "true" : "false")}", Wire.Body(text, type));

    private async Task<JsonNode> ImportAsync(string text, string type = "text/csv", bool dryRun = false) =>
        (await SendAsync(text, type, dryRun)).ShouldSucceed().Data;

    private async Task<JsonNode> FindAsync(string email) =>
        (await admin.GetAsync($"/admin/users?search={email}")).ShouldSucceed().Items.Single();

    private static (int Total, int Created, int Skipped, int Failed) Counts(JsonNode report) =>
        ((int)report["total"]!, (int)report["created"]!, (int)report["skipped"]!, (int)report["failed"]!);

    private static List<Row> Rows(JsonNode report) =>
        [
            .. report["rows"]!
                .AsArray()
                .Select(r => new Row((int)r!["line"]!, (string?)r["outcome"], (string?)r["code"], (string?)r["detail"])),
        ];

    private sealed record Row(int Line, string? Outcome, string? Code, string? Detail);
}
