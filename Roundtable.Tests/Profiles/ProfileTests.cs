using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Profiles;

/// <summary>The user's own account: what it shows, and what may be changed.</summary>
public sealed class ProfileTests
{
    private static TestApp App => TestApp.Current;

    private Browser user = null!;

    [OneTimeSetUp]
    public async Task SignIn() => user = await App.NewUserAsync();

    [OneTimeTearDown]
    public void Leave() => user.Dispose();

    [Test]
    public async Task Get_ReturnsTheAccount()
    {
        var answer = (await user.GetAsync("/users/me")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.IdOfData(), Is.EqualTo(user.UserId));
            Assert.That(
                answer.Data.AsObject().Select(m => m.Key),
                Is.SupersetOf(
                    new[]
                    {
                        "id",
                        "email",
                        "name",
                        "image",
                        "emailVerified",
                        "roles",
                        "banned",
                        "banReason",
                        "banExpiresAt",
                        "twoFactorEnabled",
                        "lastSeenAt",
                        "createdAt",
                        "updatedAt",
                        "profile",
                    }
                )
            );
            Assert.That(answer.Data["profile"]!.AsObject().Select(m => m.Key), Is.EquivalentTo(new[] { "bio", "locale", "timeZone" }));
            Assert.That(answer.Data.AsObject().Select(m => m.Key), Does.Not.Contain("version"));
            Assert.That(answer.Header("ETag"), Does.Match("^\"[^\"]+\"$"));
            Assert.That((string?)answer.Data["createdAt"], Does.Match("^[0-9-]{10}T[0-9:.]+Z$"));
        });
    }

    [Test]
    public async Task Patch_ChangesUserAndProfileTogether()
    {
        using var own = await App.NewUserAsync();
        var before = await own.GetAsync("/users/me");
        var changes = new
        {
            name = "Ada King",
            image = "https://example.com/ada.png?s=1",
            bio = "Notes\nand more 🙂",
            locale = "en-GB",
            timeZone = "Europe/London",
        };
        var answer = (await own.PatchAsync("/users/me", changes)).ShouldSucceed();
        var read = (await own.GetAsync("/users/me")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Data.ToJsonString(), Is.EqualTo(read.Data.ToJsonString()));
            Assert.That((string?)read.Data["name"], Is.EqualTo(changes.name));
            Assert.That((string?)read.Data["image"], Is.EqualTo(changes.image));
            Assert.That((string?)read.Data["profile"]!["bio"], Is.EqualTo(changes.bio));
            Assert.That((string?)read.Data["profile"]!["locale"], Is.EqualTo(changes.locale));
            Assert.That((string?)read.Data["profile"]!["timeZone"], Is.EqualTo(changes.timeZone));
            Assert.That(answer.Header("ETag"), Is.Not.EqualTo(before.Header("ETag")).And.EqualTo(read.Header("ETag")));
        });
    }

    [Test]
    public async Task Patch_KeepsAbsentMembers_AndClearsNullMembers()
    {
        using var own = await App.NewUserAsync();
        (
            await own.PatchAsync(
                "/users/me",
                new
                {
                    name = "Ada",
                    image = "http://example.com/a.png",
                    bio = "Bio",
                    locale = "de",
                    timeZone = "UTC",
                }
            )
        ).ShouldSucceed();
        (await own.PatchAsync("/users/me", """{"bio":null}""")).ShouldSucceed();
        var kept = (await own.GetAsync("/users/me")).Data;
        Assert.Multiple(() =>
        {
            Assert.That(kept["profile"]!["bio"], Is.Null);
            Assert.That((string?)kept["profile"]!["locale"], Is.EqualTo("de"));
            Assert.That((string?)kept["name"], Is.EqualTo("Ada"));
        });
        var cleared = (await own.PatchAsync("/users/me", """{"image":null,"locale":null,"timeZone":null}""")).ShouldSucceed().Data;
        Assert.Multiple(() =>
        {
            Assert.That(cleared["image"], Is.Null);
            Assert.That(cleared["profile"]!["locale"], Is.Null);
            Assert.That(cleared["profile"]!["timeZone"], Is.Null);
            Assert.That((string?)cleared["name"], Is.EqualTo("Ada"));
        });
        (await own.PatchAsync("/users/me", "{}")).ShouldSucceed();
    }

    [TestCase("name", "null")]
    [TestCase("name", "\"\"")]
    [TestCase("name", "\"   \"")]
    [TestCase("name", "\"\\t\"")]
    [TestCase("name", "\"\\u00a0\\u2003\"")]
    [TestCase("name", "\"\\u200b\\u2060\\ufeff\"")]
    [TestCase("name", "\"a\\nb\"")]
    [TestCase("name", "\"a\\r\\nb\"")]
    [TestCase("name", "\"a\\tb\"")]
    [TestCase("name", "\"a\\u0000b\"")]
    [TestCase("name", "\"a\\u0007b\"")]
    [TestCase("name", "\"a\\u001bb\"")]
    [TestCase("name", "\"a\\u007fb\"")]
    [TestCase("name", "\"a\\u0085b\"")]
    [TestCase("name", "\"a\\u2028b\"")]
    [TestCase("name", "\"a\\u202eb\"")]
    [TestCase("name", "\"a\\u2066b\"")]
    [TestCase("name", "\"\\ud800\"")]
    [TestCase("name", "\"a\\ufffeb\"")]
    [TestCase("name", "\"a\\ufdd0b\"")]
    [TestCase("name", "\"a\\ud83f\\udffeb\"")]
    [TestCase("name", "\"a\\udc00b\"")]
    [TestCase("name", "1")]
    [TestCase("name", "true")]
    [TestCase("name", "[\"a\"]")]
    [TestCase("name", "{\"a\":1}")]
    [TestCase("image", "\"\"")]
    [TestCase("image", "\"x\"")]
    [TestCase("image", "\"/a.png\"")]
    [TestCase("image", "\"//example.com/a.png\"")]
    [TestCase("image", "\"javascript:alert(1)\"")]
    [TestCase("image", "\"data:image/png;base64,AAAA\"")]
    [TestCase("image", "\"ftp://example.com/a.png\"")]
    [TestCase("image", "\"file:///etc/passwd\"")]
    [TestCase("image", "\"http:example.com\"")]
    [TestCase("image", "\"http:///a.png\"")]
    [TestCase("image", "\"https:\\\\\\\\example.com\"")]
    [TestCase("image", "\"https://user:pass@example.com/a.png\"")]
    [TestCase("image", "\"https://example.com/a b.png\"")]
    [TestCase("image", "\"https://example.com/a.png\\n\"")]
    [TestCase("image", "\" https://example.com/a.png\"")]
    [TestCase("image", "\"https://example.com/\\ud800\"")]
    [TestCase("image", "1")]
    [TestCase("bio", "\"a\\u0000b\"")]
    [TestCase("bio", "\"a\\u0008b\"")]
    [TestCase("bio", "\"a\\tb\"")]
    [TestCase("bio", "\"a\\u202eb\"")]
    [TestCase("bio", "\"\\udfff\"")]
    [TestCase("bio", "7")]
    [TestCase("bio", "[]")]
    [TestCase("locale", "\"\"")]
    [TestCase("locale", "\"e\"")]
    [TestCase("locale", "\"english\"")]
    [TestCase("locale", "\"en_GB\"")]
    [TestCase("locale", "\"en-\"")]
    [TestCase("locale", "\"en-GB\\n\"")]
    [TestCase("locale", "\" en\"")]
    [TestCase("locale", "\"en-GB;q=1\"")]
    [TestCase("locale", "\"../en\"")]
    [TestCase("locale", "1")]
    [TestCase("timeZone", "\"\"")]
    [TestCase("timeZone", "\"Europe/Atlantis\"")]
    [TestCase("timeZone", "\"Europe/Vienna\\n\"")]
    [TestCase("timeZone", "\"W. Europe Standard Time\"")]
    [TestCase("timeZone", "\"+02:00\"")]
    [TestCase("timeZone", "\"../../etc/passwd\"")]
    [TestCase("timeZone", "\"zone.tab\"")]
    [TestCase("timeZone", "\"posixrules\"")]
    [TestCase("timeZone", "\"right/UTC\"")]
    [TestCase("timeZone", "\"localtime\"")]
    [TestCase("timeZone", "\"Local\"")]
    [TestCase("timeZone", "0")]
    public async Task Patch_RefusesInvalidMembers(string field, string value)
    {
        var before = await user.GetAsync("/users/me");
        var answer = (await user.PatchAsync("/users/me", $$"""{"{{field}}":{{value}}}""")).ShouldFail(400, "validation_failed");
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Json["context"]!["field"], Is.EqualTo(field), answer.Text);
            Assert.That((string?)answer.Json["context"]!["reason"], Is.Not.Empty);
            Assert.That(answer.Json["errors"]![field]!.AsArray(), Is.Not.Empty);
            Assert.That(answer.Text, Does.Not.Contain("System.").And.Not.Contain("Exception").And.Not.Contain("Roundtable."));
        });
        await ShouldBeUnchangedAsync(before);
    }

    [TestCase("name", 100)]
    [TestCase("bio", 1000)]
    [TestCase("locale", 35)]
    public async Task Patch_LimitsLengths(string field, int longest)
    {
        var value = field == "locale" ? "en" + string.Concat(Enumerable.Repeat("-abcde", 10)) : new string('x', longest + 1);
        (await user.PatchAsync("/users/me", new Dictionary<string, string> { [field] = value })).ShouldFail(400, "validation_failed");
        (await user.PatchAsync("/users/me", new Dictionary<string, string> { [field] = new string('x', 100_000) })).ShouldFail(
            400,
            "validation_failed"
        );
        if (field != "locale")
        {
            (await user.PatchAsync("/users/me", new Dictionary<string, string> { [field] = new string('x', longest) })).ShouldSucceed();
        }
    }

    [TestCase("name", "Zoë 王 🙂")]
    [TestCase("name", "O'Neil; DROP TABLE Users --")]
    [TestCase("name", "<b>Ada</b>")]
    [TestCase("image", "HTTPS://EXAMPLE.COM/A.PNG")]
    [TestCase("image", "http://[::1]:8080/a.png")]
    [TestCase("locale", "zh-Hant-TW")]
    [TestCase("locale", "sr-Latn-RS")]
    [TestCase("locale", "es-419")]
    [TestCase("locale", "de-DE-u-co-phonebk")]
    [TestCase("timeZone", "America/Argentina/Buenos_Aires")]
    [TestCase("timeZone", "Etc/GMT+12")]
    [TestCase("timeZone", "UTC")]
    public async Task Patch_AcceptsValidValues_Unchanged(string field, string value)
    {
        using var own = await App.NewUserAsync();
        var data = (await own.PatchAsync("/users/me", new Dictionary<string, string> { [field] = value })).ShouldSucceed().Data;
        Assert.That((string?)(data[field] ?? data["profile"]![field]), Is.EqualTo(value));
    }

    [TestCase("role", "\"admin\"")]
    [TestCase("roles", "[\"admin\"]")]
    [TestCase("banned", "false")]
    [TestCase("banReason", "null")]
    [TestCase("banExpiresAt", "null")]
    [TestCase("bannedUntilUtc", "null")]
    [TestCase("emailVerified", "true")]
    [TestCase("email", "\"other@example.com\"")]
    [TestCase("id", "\"1\"")]
    [TestCase("userId", "\"1\"")]
    [TestCase("impersonatedBy", "\"1\"")]
    [TestCase("version", "99")]
    [TestCase("createdAt", "\"2020-01-01T00:00:00Z\"")]
    [TestCase("lastSeenAt", "null")]
    [TestCase("twoFactorEnabled", "true")]
    [TestCase("permissions", "[\"users:ban\"]")]
    [TestCase("passwordHash", "\"x\"")]
    [TestCase("profile", "{\"bio\":\"x\"}")]
    [TestCase("Name", "\"Mallory\"")]
    [TestCase("NAME", "\"Mallory\"")]
    [TestCase("__proto__", "{}")]
    [TestCase("$type", "\"x\"")]
    [TestCase("", "1")]
    [Category("threat-13")]
    [Category("threat-15")]
    public async Task Patch_RefusesUnknownMembers_AndChangesNothing(string member, string value)
    {
        var before = await user.GetAsync("/users/me");
        var answer = (await user.PatchAsync("/users/me", $$"""{"name":"Mallory","{{member}}":{{value}}}""")).ShouldFail(
            400,
            "validation_failed"
        );
        if (member.All(char.IsAsciiLetter) && member.Length > 0)
        {
            Assert.That((string?)answer.Json["context"]!["field"], Is.EqualTo(member));
        }

        await ShouldBeUnchangedAsync(before);
    }

    [TestCase("{\"name\":\"A\",\"name\":\"B\"}")]
    [TestCase("{\"name\":\"A\",\"\\u006eame\":\"B\"}")]
    [TestCase("[]")]
    [TestCase("[{\"name\":\"A\"}]")]
    [TestCase("null")]
    [TestCase("\"name\"")]
    [TestCase("1")]
    [TestCase("true")]
    public async Task Patch_RefusesInvalidBodies(string body)
    {
        var before = await user.GetAsync("/users/me");
        (await user.PatchAsync("/users/me", body)).ShouldFail(400, "validation_failed");
        await ShouldBeUnchangedAsync(before);
    }

    [Test]
    [Category("threat-15")]
    public async Task Patch_TakesTheUserFromTheSessionOnly()
    {
        using var victim = await App.NewUserAsync();
        (
            await user.PatchAsync(
                $"/users/me?id={victim.UserId}&userId={victim.UserId}",
                new { name = "Mallory" },
                ("X-User-Id", victim.UserId)
            )
        ).ShouldSucceed();
        Assert.That((string?)(await victim.GetAsync("/users/me")).Data["name"], Is.Not.EqualTo("Mallory"));
        (await user.PatchAsync($"/users/{victim.UserId}", new { name = "Mallory" })).ShouldFail(405, "method_not_allowed");
    }

    [Test]
    public async Task Patch_HonoursIfMatch()
    {
        using var own = await App.NewUserAsync();
        var first = (await own.GetAsync("/users/me")).Header("ETag");
        var second = (await own.PatchAsync("/users/me", new { name = "Two" }, ("If-Match", first))).ShouldSucceed().Header("ETag");
        (await own.PatchAsync("/users/me", new { name = "Three" }, ("If-Match", first))).ShouldFail(412, "stale_version");
        (await own.PatchAsync("/users/me", new { name = "Three" }, ("If-Match", "*"))).ShouldSucceed();
        foreach (var odd in (string[])[second, "\"x\"", "\"\"", "garbage", "1", "\"-1\"", "\"99999999999999999999\"", ""])
        {
            (await own.PatchAsync("/users/me", new { name = "Four" }, ("If-Match", odd))).ShouldFail(412, "stale_version");
        }

        Assert.That((string?)(await own.GetAsync("/users/me")).Data["name"], Is.EqualTo("Three"));
    }

    [Test]
    public async Task Patch_SucceedsOnce_WithParallelRequestsOfTheSameVersion()
    {
        using var own = await App.NewUserAsync();
        var tag = (await own.GetAsync("/users/me")).Header("ETag");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => own.PatchAsync("/users/me", new { name = $"Name {i}" }, ("If-Match", tag)))
        );
        Assert.Multiple(() =>
        {
            Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1));
            Assert.That(answers.Where(a => a.Status != 200).Select(a => a.Code), Is.All.EqualTo("stale_version"));
        });
    }

    [Test]
    public async Task GetUser_ShowsOnlyThePublicProfile_ToOtherUsers()
    {
        using var own = await App.NewUserAsync();
        (
            await own.PatchAsync(
                "/users/me",
                new
                {
                    name = "Ada",
                    image = "https://example.com/a.png",
                    bio = "Bio",
                    locale = "en",
                }
            )
        ).ShouldSucceed();
        var seen = (await user.GetAsync($"/users/{own.UserId}")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(seen.Data.AsObject().Select(m => m.Key), Is.EquivalentTo(new[] { "id", "name", "image", "bio", "createdAt" }));
            Assert.That((string?)seen.Data["bio"], Is.EqualTo("Bio"));
            Assert.That(seen.Text, Does.Not.Contain("@"));
        });
        var self = (await own.GetAsync($"/users/{own.UserId}")).ShouldSucceed();
        Assert.That(self.Data.ToJsonString(), Is.EqualTo((await own.GetAsync("/users/me")).Data.ToJsonString()));
        using var admin = await App.NewAdminAsync();
        var whole = (await admin.GetAsync($"/users/{own.UserId}")).ShouldSucceed();
        Assert.That(JsonNode.DeepEquals(whole.Data, self.Data), whole.Text);
    }

    [Test]
    public async Task GetUser_ReturnsNotFound_WhenThereIsNone()
    {
        var id = Guid.NewGuid().ToString("N");
        var answer = (await user.GetAsync($"/users/{id}")).ShouldFail(404, "not_found");
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Json["context"]!["resource"], Is.EqualTo("user"));
            Assert.That((string?)answer.Json["context"]!["id"], Is.EqualTo(id));
        });
    }

    private async Task ShouldBeUnchangedAsync(Answer before)
    {
        var now = await user.GetAsync("/users/me");
        Assert.Multiple(() =>
        {
            Assert.That(now.Data.ToJsonString(), Is.EqualTo(before.Data.ToJsonString()));
            Assert.That(now.Header("ETag"), Is.EqualTo(before.Header("ETag")));
        });
    }
}
