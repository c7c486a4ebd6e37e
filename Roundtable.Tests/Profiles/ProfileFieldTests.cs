using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Profiles;

/// <summary>Profile fields that an installation adds by configuration alone: displayed, changed, stored, exported and imported.</summary>
public sealed class ProfileFieldTests
{
    private static readonly (string, string?)[] Fields =
    [
        ("Profile:Fields:company:MaxLength", "20"),
        ("Profile:Fields:company:VisibleTo", "Public"),
        ("Profile:Fields:company:Label", "Company"),
        ("Profile:Fields:company:Labels:de", "Firma"),
        ("Profile:Fields:company:Order", "-1"),
        ("Profile:Fields:birthday:Type", "date"),
        ("Profile:Fields:newsletter:Type", "boolean"),
        ("Profile:Fields:plan:Type", "choice"),
        ("Profile:Fields:plan:Choices:0", "free"),
        ("Profile:Fields:plan:Choices:1", "pro"),
        ("Profile:Fields:plan:WritableBy", "admin"),
        ("Profile:Fields:score:Type", "number"),
        ("Profile:Fields:score:Min", "-5.5"),
        ("Profile:Fields:score:Max", "10"),
        ("Profile:Fields:code:Pattern", "[A-Z]{3}|-.*"),
    ];

    private TestApp app = null!;
    private Browser admin = null!;
    private Browser user = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start(Fields);
        admin = await app.NewAdminAsync();
        user = await app.NewUserAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        user.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task List_ShowsTheFields_ToSignedInUsers()
    {
        var fields = (await user.GetAsync("/profile-fields")).ShouldSucceed().Items;
        Assert.That(
            fields.Select(f => (string?)f["name"]),
            Is.EqualTo(new[] { "company", "birthday", "code", "newsletter", "plan", "score" })
        );
        Assert.That(
            fields[0].ToJsonString(),
            Is.EqualTo(
                """{"name":"company","type":"string","label":"Company","labels":{"de":"Firma"},"maxLength":20,"pattern":null,"""
                    + """ "min":null,"max":null,"choices":[],"writableBy":"user","visibleTo":"public"}""".TrimStart()
            )
        );
        Assert.That(
            fields[4].ToJsonString(),
            Does.Contain(
                """
                "label":"plan","labels":{},"maxLength":null,"pattern":null,"min":null,"max":null,"choices":["free","pro"],
                """.Trim()
                    + """
                    "writableBy":"admin","visibleTo":"self"
                    """.Trim()
            )
        );
        using var stranger = app.NewBrowser();
        (await stranger.GetAsync("/profile-fields")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Patch_MergesFields()
    {
        using var own = await app.NewUserAsync();
        var before = (await own.GetAsync("/users/me")).ShouldSucceed();
        Assert.That(
            Extra(before),
            Is.EqualTo("""{"company":null,"birthday":null,"code":null,"newsletter":null,"plan":null,"score":null}""")
        );
        (
            await own.PatchAsync(
                "/users/me",
                """{"name":"Ada","extra":{"company":"Engines & \"Söhne\" 🚂","birthday":"1815-12-10","score":-5.5}}"""
            )
        ).ShouldSucceed();
        var changed = (
            await own.PatchAsync(
                "/users/me",
                """{"extra":{"birthday":null,"newsletter":false}}""",
                ("If-Match", (await own.GetAsync("/users/me")).Header("ETag"))
            )
        ).ShouldSucceed();
        (await own.PatchAsync("/users/me", """{"extra":{},"bio":"Notes"}""")).ShouldSucceed();

        var read = (await own.GetAsync("/users/me")).ShouldSucceed();
        var extra = read.Data["profile"]!["extra"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)extra["company"], Is.EqualTo("Engines & \"Söhne\" 🚂"));
            Assert.That(extra["birthday"], Is.Null);
            Assert.That((bool?)extra["newsletter"], Is.False);
            Assert.That((decimal?)extra["score"], Is.EqualTo(-5.5m));
            Assert.That((string?)read.Data["name"], Is.EqualTo("Ada"));
            Assert.That(Extra(changed), Is.EqualTo(Extra(read)));
            Assert.That(changed.Header("ETag"), Is.Not.EqualTo(before.Header("ETag")));
        });
        (await own.PatchAsync("/users/me", """{"extra":{"company":"X"}}""", ("If-Match", before.Header("ETag")))).ShouldFail(
            412,
            "stale_version"
        );
        // One read uses the SQLite statement, the other the EF Core query.
        Assert.That(JsonNode.DeepEquals((await admin.GetAsync($"/admin/users/{own.UserId}")).Data, read.Data));
        Assert.That(
            JsonNode.DeepEquals(
                (await admin.GetAsync($"/admin/users?search={read.Data["email"]}")).Items.Single()["profile"]!["extra"],
                extra
            )
        );
        var entries = (await admin.GetAsync($"/admin/audit-log?action=user.updated&actor={own.UserId}")).Items;
        Assert.That(
            entries[^1]["details"]!["changed"]!.ToJsonString(),
            Is.EqualTo("""["name","extra.company","extra.birthday","extra.score"]""")
        );
        Assert.That(entries.Select(e => e.ToJsonString()), Has.None.Contains("1815"), "field names without values");
    }

    [TestCase("company", "123456789012345678901", "too_long")]
    [TestCase("company", " ", "blank")]
    [TestCase("company", "a\\nb", "bad_characters")]
    [TestCase("birthday", "1815-02-29", "not_a_date")]
    [TestCase("birthday", "10.12.1815", "not_a_date")]
    [TestCase("birthday", "1815-12-10T00:00:00Z", "not_a_date")]
    [TestCase("newsletter", "true", "wrong_type")]
    [TestCase("score", "1", "wrong_type")]
    [TestCase("code", "abc", "pattern")]
    [TestCase("code", "ABCD", "pattern")]
    [TestCase("nothing", "x", "unknown_member")]
    [TestCase("Company", "x", "unknown_member")]
    [TestCase("plan", "free", "admins_only")]
    public Task Patch_RefusesInvalidTexts(string field, string value, string reason) =>
        ShouldRefuseAsync(user, "/users/me", field, $"\"{value}\"", reason);

    [TestCase("company", "1", "wrong_type")]
    [TestCase("company", "[\"x\"]", "wrong_type")]
    [TestCase("company", "{\"a\":{\"b\":[1]}}", "wrong_type")]
    [TestCase("birthday", "18151210", "wrong_type")]
    [TestCase("newsletter", "1", "wrong_type")]
    [TestCase("score", "-5.51", "range")]
    [TestCase("score", "11", "range")]
    [TestCase("score", "1e400", "wrong_type")]
    [TestCase("plan", "null", "admins_only")]
    public Task Patch_RefusesInvalidValues(string field, string value, string reason) =>
        ShouldRefuseAsync(user, "/users/me", field, value, reason);

    [TestCase("\"enterprise\"", "not_listed")]
    [TestCase("true", "wrong_type")]
    public Task Patch_RefusesInvalidValues_FromAdmins(string value, string reason) =>
        ShouldRefuseAsync(admin, $"/admin/users/{user.UserId}", "plan", value, reason);

    [TestCase("""{"extra":null}""", "extra")]
    [TestCase("""{"extra":[]}""", "extra")]
    [TestCase("""{"extra":"company"}""", "extra")]
    [TestCase("""{"extra":{"company":"a","company":"b"}}""", "extra")]
    [TestCase("""{"extra":{"company":"\ud800"}}""", "extra")]
    [TestCase(
        """
            {"extra":{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"o":1,"p":1,"q":1,
              "r":1,"s":1,"t":1,"u":1,"v":1,"w":1,"x":1,"y":1,"z":1,"aa":1,"ab":1,"ac":1,"ad":1,"ae":1,"af":1,"ag":1}}
            """,
        "extra"
    )]
    [TestCase("""{"company":"x"}""", "company")]
    public async Task Patch_RefusesInvalidBodies(string body, string field)
    {
        var answer = (await user.PatchAsync("/users/me", body)).ShouldFail(400, "validation_failed");
        Assert.That((string?)answer.Json["context"]!["field"], Does.StartWith(field), answer.Text);
    }

    [Test]
    public async Task Patch_ReportsAllErrors_AndChangesNothing()
    {
        var before = await user.GetAsync("/users/me");
        var answer = (
            await user.PatchAsync(
                "/users/me",
                """{"name":"Mallory","locale":"Klingon","extra":{"company":"Fine","score":99,"plan":"pro"}}"""
            )
        ).ShouldFail(400, "validation_failed");
        Assert.That(answer.Json["errors"]!.AsObject().Select(e => e.Key), Is.EquivalentTo(new[] { "locale", "extra.score", "extra.plan" }));
        Assert.That((await user.GetAsync("/users/me")).Data.ToJsonString(), Is.EqualTo(before.Data.ToJsonString()));
    }

    [Test]
    public async Task Admin_CanChangeAdminFields_AndOthersSeePublicFields()
    {
        using var own = await app.NewUserAsync();
        var changed = (
            await admin.PatchAsync($"/admin/users/{own.UserId}", """{"extra":{"plan":"pro","company":"Engines"}}""")
        ).ShouldSucceed();
        Assert.That((string?)changed.Data["profile"]!["extra"]!["plan"], Is.EqualTo("pro"));
        Assert.That((string?)(await own.GetAsync("/users/me")).Data["profile"]!["extra"]!["plan"], Is.EqualTo("pro"));
        var seen = (await user.GetAsync($"/users/{own.UserId}")).ShouldSucceed().Data;
        Assert.That(seen.AsObject().Select(m => m.Key), Is.EquivalentTo(new[] { "id", "name", "image", "bio", "createdAt", "extra" }));
        Assert.That(seen["extra"]!.ToJsonString(), Is.EqualTo("""{"company":"Engines"}"""));
        var audit = (await admin.GetAsync($"/admin/audit-log?action=user.updated&target={own.UserId}")).Items.Single();
        Assert.That(audit["details"]!["changed"]!.ToJsonString(), Is.EqualTo("""["extra.plan","extra.company"]"""));
    }

    [Test]
    public async Task Values_AreHidden_WhenTheirFieldIsNoLongerConfigured()
    {
        using var own = await app.NewUserAsync();
        (
            await own.PatchAsync("/users/me", """{"extra":{"company":"Engines","birthday":"1815-12-10","newsletter":true}}""")
        ).ShouldSucceed();
        await using (
            var later = app.StartSibling(
                ("Profile:Fields:birthday:Type", "Number"),
                ("Profile:Fields:newsletter:Type", "Boolean"),
                ("Profile:Fields:nickname", "")
            )
        )
        {
            using var there = later.NewBrowser();
            there.SessionCookie = own.SessionCookie;
            Assert.That(
                Extra((await there.GetAsync("/users/me")).ShouldSucceed()),
                Is.EqualTo("""{"birthday":null,"newsletter":true,"nickname":null}""")
            );
            (await there.PatchAsync("/users/me", """{"extra":{"company":"X"}}""")).ShouldFail(400, "validation_failed");
            (await there.PatchAsync("/users/me", """{"extra":{"nickname":"Ada","newsletter":null}}""")).ShouldSucceed();
            var export = (await there.GetAsync("/users/me/export")).ShouldSucceed().Data;
            Assert.That(export["formerExtra"]!.ToJsonString(), Is.EqualTo("""{"company":"Engines"}"""), "stored values are exported");
            Assert.That((string?)export["user"]!["profile"]!["extra"]!["nickname"], Is.EqualTo("Ada"));
        }

        Assert.That(
            Extra(await own.GetAsync("/users/me")),
            Is.EqualTo("""{"company":"Engines","birthday":"1815-12-10","code":null,"newsletter":null,"plan":null,"score":null}""")
        );
    }

    [Test]
    public async Task Exports_CanBeImported([Values("csv", "ndjson")] string format)
    {
        var email = TestApp.NewEmail($"travel-{format}");
        var id = (await admin.PostAsync("/admin/users", new { email })).ShouldSucceed(201).IdOfData();
        (
            await admin.PatchAsync(
                $"/admin/users/{id}",
                """
                {"extra":{"company":"=1+1, \"Söhne\"","birthday":"1815-12-10","newsletter":false,"plan":"pro","score":-5,"code":"-'x"}}
                """
            )
        ).ShouldSucceed();
        var before = Extra((await admin.GetAsync($"/admin/users/{id}")).ShouldSucceed());
        var file = (await admin.GetAsync($"/admin/users/export?format={format}&search={email}")).ShouldSucceed().Text;
        (await admin.DeleteAsync($"/admin/users/{id}")).ShouldSucceed(204);

        var report = await ImportAsync(format == "csv" ? Columns(file) : Members(file), format);
        Assert.That((int?)report["created"], Is.EqualTo(1), report.ToJsonString());
        var back = (await admin.GetAsync($"/admin/users?search={email}")).Items.Single();
        Assert.That(back["profile"]!["extra"]!.ToJsonString(), Is.EqualTo(before));
    }

    [TestCase("extra.score", "many", "wrong_type")]
    [TestCase("extra.score", "11", "range")]
    [TestCase("extra.newsletter", "perhaps", "wrong_type")]
    [TestCase("extra.birthday", "yesterday", "not_a_date")]
    [TestCase("extra.plan", "enterprise", "not_listed")]
    public async Task Import_ReportsTheInvalidField(string column, string cell, string reason)
    {
        var row = (await ImportAsync($"email,{column}\n{TestApp.NewEmail()},{cell}\n", "csv", dryRun: true))["rows"]!.AsArray().Single()!;
        Assert.That(((string?)row["field"], (string?)row["reason"]!["code"]), Is.EqualTo((column, reason)), row.ToJsonString());
    }

    [TestCase("""{"nothing":1}""", "extra.nothing")]
    [TestCase("""{"newsletter":"true"}""", "extra.newsletter")]
    [TestCase("[]", "extra")]
    public async Task Import_AcceptsTypedValues_InNdjson(string extra, string field)
    {
        var report = await ImportAsync($$"""{"email":"{{TestApp.NewEmail()}}","extra":{{extra}}}""", "ndjson", dryRun: true);
        Assert.That((string?)report["rows"]![0]!["field"], Is.EqualTo(field), report.ToJsonString());
    }

    [Test]
    public async Task Application_WithoutFields_ShowsNone()
    {
        using var plain = await TestApp.Current.NewUserAsync();
        (await plain.PatchAsync("/users/me", """{"extra":{}}""")).ShouldSucceed();
        await ShouldRefuseAsync(plain, "/users/me", "company", "\"x\"", "unknown_member");
        Assert.That((await plain.GetAsync("/users/me")).Data["profile"]!.AsObject().ContainsKey("extra"), Is.False);
        Assert.That((await plain.GetAsync("/profile-fields")).ShouldSucceed().Items, Is.Empty);
        var root = await TestApp.Current.RootAsync();
        (
            await root.SendAsync(
                HttpMethod.Post,
                "/admin/users/import",
                Wire.Body($"email,extra.company\n{TestApp.NewEmail()},X\n", "text/csv")
            )
        ).ShouldFail(400, "validation_failed");
    }

    private static string Extra(Answer answer) => answer.Data["profile"]!["extra"]!.ToJsonString();

    private static async Task ShouldRefuseAsync(Browser by, string path, string field, string value, string reason)
    {
        var answer = (await by.PatchAsync(path, $$$"""{"extra":{"{{{field}}}":{{{value}}}}}""")).ShouldFail(400, "validation_failed");
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Json["context"]!["field"], Is.EqualTo($"extra.{field}"), answer.Text);
            Assert.That((string?)answer.Json["reasons"]![$"extra.{field}"]![0]!["code"], Is.EqualTo(reason), answer.Text);
        });
    }

    private async Task<JsonNode> ImportAsync(string text, string format, bool dryRun = false) =>
        (
            await admin.SendAsync(
                HttpMethod.Post,
                $"/admin/users/import?dryRun={(dryRun ? "true" : "false")}",
                Wire.Body(text, format == "csv" ? "text/csv" : "application/x-ndjson")
            )
        )
            .ShouldSucceed()
            .Data;

    // The address and the added fields, which are the last columns.
    private static string Columns(string file) =>
        string.Join(
            '\n',
            file.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line =>
                {
                    var firstAdded = line.StartsWith("id,", StringComparison.Ordinal) ? "extra." : "\"'=";
                    return $"{line.Split(',')[1]},{line[line.IndexOf(firstAdded, StringComparison.Ordinal)..]}";
                })
        );

    private static string Members(string file)
    {
        var row = JsonNode.Parse(file)!;
        return new JsonObject { ["email"] = row["email"]!.DeepClone(), ["extra"] = row["profile"]!["extra"]!.DeepClone() }.ToJsonString();
    }
}
