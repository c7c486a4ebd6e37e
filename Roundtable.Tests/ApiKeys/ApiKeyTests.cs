using System.IO.Hashing;
using System.Text;
using Roundtable.Application.ApiKeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ApiKeys;

/// <summary>Users create, use, change, rotate and revoke their own API keys.</summary>
public sealed class ApiKeyTests
{
    private TestApp app = null!;
    private Browser user = null!;

    [SetUp]
    public async Task Start()
    {
        app = TestApp.Start(("Auth:Session:Lifetime", "400.00:00:00"), ("Auth:Session:FreshFor", "400.00:00:00"));
        user = await app.NewUserAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        user.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Create_ReturnsTheSecretOnce_WithCheckDigits_AndMailsTheOwner()
    {
        var created = (await user.PostAsync("/users/me/api-keys", new { name = " CI ", scopes = new[] { "me:read" } })).ShouldSucceed(201);
        var key = Key.Of(created);
        Assert.Multiple(() =>
        {
            Assert.That(key.Secret, Does.Match("^rt_pat_[0-9A-Za-z]{49}$"));
            Assert.That(key.Secret[^6..], Is.EqualTo(Base62(Crc32.HashToUInt32(Encoding.ASCII.GetBytes(key.Secret[7..50])))));
            Assert.That(key.Secret, Does.StartWith(key.Prefix));
            Assert.That(created.Header("Location"), Is.EqualTo($"/api/v1/users/me/api-keys/{key.Id}"));
            Assert.That((string?)created.Data["apiKey"]!["name"], Is.EqualTo("CI"));
            Assert.That((DateTime)created.Data["apiKey"]!["expiresAt"]!, Is.EqualTo(app.Now.AddDays(90)));
            Assert.That((string?)created.Data["apiKey"]!["createdBy"]!["id"], Is.EqualTo(user.UserId));
        });

        foreach (var path in (string[])["/users/me/api-keys", $"/users/me/api-keys/{key.Id}", "/users/me/export"])
        {
            var shown = (await user.GetAsync(path)).ShouldSucceed();
            Assert.That(shown.Text, Does.Contain(key.Prefix).And.Not.Contains(key.Secret), path);
        }

        var mail = (await app.Mail.WaitAsync(await AddressAsync(), 2))[^1];
        Assert.That(mail.Text, Does.Contain("CI (rt_pat_").And.Contains("/api-keys").And.Not.Contains(key.Secret));
    }

    [Test]
    public async Task Use_ReadsAndChangesTheOwnAccount_ByItsScopes()
    {
        var reading = await user.NewKeyAsync("me:read");
        var writing = await user.NewKeyAsync("me:write");
        (await app.GetAsync(reading.Secret, "/users/me")).ShouldSucceed();
        (await app.GetAsync(reading.Secret, $"/users/{user.UserId}")).ShouldSucceed();
        (await app.SendAsync(reading.Secret, HttpMethod.Patch, "/users/me", new { bio = "x" })).ShouldFail(403, "forbidden");
        (await app.SendAsync(writing.Secret, HttpMethod.Patch, "/users/me", new { bio = "By key" })).ShouldSucceed();
        var refused = (await app.GetAsync(writing.Secret, "/users/me")).ShouldFail(403, "forbidden");
        Assert.That((string?)refused.Json["context"]!["scope"], Is.EqualTo("me:read"));

        var activity = (await app.GetAsync(reading.Secret, "/users/me/activity")).ShouldSucceed();
        var change = activity.Items.Single(e => (string?)e["action"] == "user.updated");
        Assert.Multiple(() =>
        {
            Assert.That((string?)change["actor"]!["id"], Is.EqualTo(user.UserId));
            Assert.That((string?)change["actor"]!["via"]!["apiKey"], Is.EqualTo(writing.Id));
        });

        var session = (await app.GetAsync(reading.Secret, "/auth/session")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(session.Data["session"], Is.Null);
            Assert.That(session.Data["serviceAccount"], Is.Null);
            Assert.That((string?)session.Data["user"]!["id"], Is.EqualTo(user.UserId));
            Assert.That((string?)session.Data["apiKey"]!["id"], Is.EqualTo(reading.Id));
            Assert.That(session.Data["permissions"]!.AsArray(), Is.Empty);
        });
    }

    [TestCase("""{"scopes":["me:read"]}""", "name")]
    [TestCase("""{"name":" ","scopes":["me:read"]}""", "name")]
    [TestCase("""{"name":"a"}""", "scopes")]
    [TestCase("""{"name":"a","scopes":[]}""", "scopes")]
    [TestCase("""{"name":"a","scopes":["me:all"]}""", "scopes")]
    [TestCase("""{"name":"a","scopes":[null]}""", "scopes")]
    [TestCase("""{"name":"a","scopes":["me:read"],"expiresInDays":0}""", "expiresInDays")]
    [TestCase("""{"name":"a","scopes":["me:read"],"expiresInDays":366}""", "expiresInDays")]
    [TestCase("""{"name":"a","scopes":["me:read"],"allowedNetworks":["10.0.0.0/33"]}""", "allowedNetworks")]
    [TestCase("""{"name":"a","scopes":["me:read"],"allowedNetworks":["10.1"]}""", "allowedNetworks")]
    [TestCase("""{"name":"a","scopes":["me:read"],"allowedNetworks":["example.com"]}""", "allowedNetworks")]
    [TestCase("""{"name":"a","scopes":["me:read"],"allowedNetworks":["010.0.0.0/8"]}""", "allowedNetworks")]
    [TestCase("""{"name":"a","scopes":["me:read"],"allowedNetworks":["10/8"]}""", "allowedNetworks")]
    [TestCase("""{"name":"a","scopes":["me:read"],"allowedNetworks":["0x0A000000/8"]}""", "allowedNetworks")]
    [TestCase("""{"name":"a","scopes":["me:read"],"allowedNetworks":["[::1]:80"]}""", "allowedNetworks")]
    [TestCase("""{"name":"a","scopes":["me:read"],"allowedNetworks":["fe80::%1/64"]}""", "allowedNetworks")]
    [TestCase("""{"name":"a","scopes":["me:read"],"id":"1"}""", "id")]
    public async Task Create_IsRejected_WithTheField(string body, string field)
    {
        var answer = (await user.PostAsync("/users/me/api-keys", body)).ShouldFail(400, "validation_failed");
        Assert.That(answer.Json["errors"]!.AsObject().Select(e => e.Key.Split('[')[0]), Does.Contain(field), answer.Text);
    }

    [Test]
    public async Task Create_NamesTheRejectedValue()
    {
        var answer = await user.PostAsync(
            "/users/me/api-keys",
            new
            {
                name = "a",
                scopes = new[] { "me:read", "me:all" },
                allowedNetworks = new[] { "::1", $"rtk_{new string('s', 60)}" },
            }
        );
        answer.ShouldFail(400, "validation_failed");
        var reasons = answer.Json["reasons"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)reasons["scopes"]![0]!["value"], Is.EqualTo("me:all"), answer.Text);
            Assert.That((string?)reasons["allowedNetworks"]![0]!["value"], Is.EqualTo($"rtk_{new string('s', 16)}…"));
        });
    }

    [Test]
    public async Task Create_IsForbidden_ForAScopeThatTheUserLacks()
    {
        var answer = (await user.PostAsync("/users/me/api-keys", new { name = "a", scopes = new[] { "me:read", "users:list" } }));
        answer.ShouldFail(403, "forbidden");
        Assert.That((string?)answer.Json["context"]!["scope"], Is.EqualTo("users:list"));
    }

    [Test]
    public async Task Create_StopsAtTheLimit_AlsoInParallel()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => user.PostAsync("/users/me/api-keys", new { name = "a", scopes = new[] { "me:read" } }))
        );
        Assert.That(answers.Count(a => a.Status == 201), Is.EqualTo(25));
        Assert.That(answers.Where(a => a.Status != 201).Select(a => a.Code), Has.All.EqualTo("conflict"));

        var first = Key.Of(answers.First(a => a.Status == 201));
        (await user.DeleteAsync($"/users/me/api-keys/{first.Id}")).ShouldSucceed(204);
        await user.NewKeyAsync("me:read");
    }

    [Test]
    public async Task Expiry_IsExact()
    {
        var key = Key.Of(
            (
                await user.PostAsync(
                    "/users/me/api-keys",
                    new
                    {
                        name = "a",
                        scopes = new[] { "me:read" },
                        expiresInDays = 1,
                    }
                )
            ).ShouldSucceed(201)
        );
        app.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        (await app.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var ended = (await app.GetAsync(key.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That(ended.Header("WWW-Authenticate"), Is.EqualTo("Bearer error=\"invalid_token\""));
        (await user.PostAsync($"/users/me/api-keys/{key.Id}/rotate")).ShouldFail(409, "conflict");
        (await user.PatchAsync($"/users/me/api-keys/{key.Id}", new { name = "b" })).ShouldFail(409, "conflict");
    }

    [Test]
    public async Task Rotate_KeepsTheOldSecret_ForTheOverlap_AndNeverMoreThanTwo()
    {
        var key = await user.NewKeyAsync("me:read");
        var before = (await user.GetAsync($"/users/me/api-keys/{key.Id}")).ShouldSucceed();
        var second = await RotateAsync(key, new { overlapHours = 2 });
        Assert.Multiple(() =>
        {
            Assert.That(second.Id, Is.EqualTo(key.Id));
            Assert.That(second.Secret, Is.Not.EqualTo(key.Secret));
        });
        var after = (await user.GetAsync($"/users/me/api-keys/{key.Id}")).ShouldSucceed();
        Assert.That((string?)after.Data["expiresAt"], Is.EqualTo((string?)before.Data["expiresAt"]));

        app.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        (await app.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await app.GetAsync(key.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await app.GetAsync(second.Secret, "/users/me")).ShouldSucceed();

        // Without a body the overlap is a day; of three secrets the oldest ends.
        var third = Key.Of((await user.PostAsync($"/users/me/api-keys/{key.Id}/rotate")).ShouldSucceed());
        var fourth = await RotateAsync(key, new { });
        (await app.GetAsync(second.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await app.GetAsync(third.Secret, "/users/me")).ShouldSucceed();
        (await app.GetAsync(fourth.Secret, "/users/me")).ShouldSucceed();

        var fifth = await RotateAsync(key, new { overlapHours = 0 });
        (await app.GetAsync(fourth.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await app.GetAsync(fifth.Secret, "/users/me")).ShouldSucceed();
        (await user.PostAsync($"/users/me/api-keys/{key.Id}/rotate", new { overlapHours = 169 })).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task Rotate_Renews_WhereALifetimeIsGiven()
    {
        var key = await user.NewKeyAsync("me:read");
        app.Clock.Advance(TimeSpan.FromDays(80));
        await RotateAsync(key, new { expiresInDays = 30 });
        var renewed = (await user.GetAsync($"/users/me/api-keys/{key.Id}")).ShouldSucceed();
        Assert.That((DateTime)renewed.Data["expiresAt"]!, Is.EqualTo(app.Now.AddDays(30)));
    }

    [Test]
    public async Task Revoke_EndsBothSecrets_AtOnce()
    {
        var key = await user.NewKeyAsync("me:read");
        var second = await RotateAsync(key, new { });
        (await user.DeleteAsync($"/users/me/api-keys/{key.Id}")).ShouldSucceed(204);
        (await app.GetAsync(key.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await app.GetAsync(second.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        var shown = (await user.GetAsync($"/users/me/api-keys/{key.Id}")).ShouldSucceed();
        Assert.That((DateTime)shown.Data["revokedAt"]!, Is.EqualTo(app.Now));
        (await user.DeleteAsync($"/users/me/api-keys/{key.Id}")).ShouldSucceed(204);
        (await user.PostAsync($"/users/me/api-keys/{key.Id}/rotate")).ShouldFail(409, "conflict");
    }

    [Test]
    public async Task Report_EndsTheKey_AndMailsTheOwner_AndTellsNothing()
    {
        var key = await user.NewKeyAsync("me:read");
        var second = await RotateAsync(key, new { });
        using var stranger = app.NewBrowser();
        (await stranger.PostAsync("/auth/api-keys/report", new { key = "rt_pat_nothing" })).ShouldSucceed(204);
        (await stranger.PostAsync("/auth/api-keys/report", new { key = key.Secret })).ShouldSucceed(204);
        (await app.GetAsync(key.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await app.GetAsync(second.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await stranger.PostAsync("/auth/api-keys/report", new { key = key.Secret })).ShouldSucceed(204);

        // Created, rotated, reported.
        var mails = await app.Mail.WaitAsync(await AddressAsync(), 4);
        Assert.That(mails[^1].Text, Does.Contain("leaked"));
        using var admin = await app.NewAdminAsync();
        var entries = (await admin.GetAsync($"/admin/audit-log?target={key.Id}&action=apiKey.leaked")).ShouldSucceed();
        Assert.That(entries.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task OtherUsersKeys_AreNotFound()
    {
        var key = await user.NewKeyAsync("me:read");
        using var other = await app.NewUserAsync();
        (await other.GetAsync($"/users/me/api-keys/{key.Id}")).ShouldFail(404, "not_found");
        (await other.PatchAsync($"/users/me/api-keys/{key.Id}", new { name = "x" })).ShouldFail(404, "not_found");
        (await other.DeleteAsync($"/users/me/api-keys/{key.Id}")).ShouldFail(404, "not_found");
        (await other.PostAsync($"/users/me/api-keys/{key.Id}/rotate")).ShouldFail(404, "not_found");
        Assert.That((await other.GetAsync("/users/me/api-keys")).ShouldSucceed().Items, Is.Empty);
    }

    [Test]
    public async Task LastUse_IsRecorded_AtMostOnceInFiveMinutes()
    {
        var key = await user.NewKeyAsync("me:read");
        var first = app.Now;
        (await app.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
        await LastUsedAsync(key, first);
        app.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await app.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = app.Now;
        (await app.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
        await LastUsedAsync(key, second);
        Assert.That((string?)(await user.GetAsync($"/users/me/api-keys/{key.Id}")).Data["lastUsedIp"], Is.EqualTo("127.0.0.1"));
    }

    [Test]
    public async Task Owner_IsMailed_14And3DaysBeforeTheExpiry_Once()
    {
        await user.NewKeyAsync("me:read");
        var address = await AddressAsync();
        await app.Mail.WaitAsync(address, 2);
        await ExpiringMailsAsync(TimeSpan.FromDays(76) - TimeSpan.FromSeconds(1), address, 2);
        await ExpiringMailsAsync(TimeSpan.FromSeconds(1), address, 3);
        await ExpiringMailsAsync(TimeSpan.FromDays(11) - TimeSpan.FromSeconds(1), address, 3);
        await ExpiringMailsAsync(TimeSpan.FromSeconds(1), address, 4);
        await ExpiringMailsAsync(TimeSpan.FromDays(3), address, 4);
        Assert.That(app.Mail.To(address)[^1].Text, Does.Contain("CI (rt_pat_"));
        using var admin = await app.NewAdminAsync();
        var expired = (await admin.GetAsync("/admin/audit-log?action=apiKey.expired")).ShouldSucceed();
        Assert.That(expired.Items, Has.Count.EqualTo(1));
    }

    private async Task ExpiringMailsAsync(TimeSpan later, string address, int mails)
    {
        app.Clock.Advance(later);
        // Twice, and at once on the same data: each notice goes out once.
        await Task.WhenAll(ExpireAsync(), ExpireAsync());
        await app.Mail.WaitAsync(address, mails);
        Assert.That(app.Mail.To(address), Has.Count.EqualTo(mails));

        async Task ExpireAsync()
        {
            await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(
                app.Services
            );
            var expiry = (ApiKeyExpiry)scope.ServiceProvider.GetService(typeof(ApiKeyExpiry))!;
            await expiry.RunAsync(CancellationToken.None);
        }
    }

    private Task LastUsedAsync(Key key, DateTime expected) =>
        Poll.UntilAsync(async () =>
            (DateTime?)(await user.GetAsync($"/users/me/api-keys/{key.Id}")).ShouldSucceed().Data["lastUsedAt"] == expected
        );

    private async Task<Key> RotateAsync(Key key, object body) =>
        Key.Of((await user.PostAsync($"/users/me/api-keys/{key.Id}/rotate", body)).ShouldSucceed());

    private async Task<string> AddressAsync() => (string)(await user.GetAsync("/users/me")).ShouldSucceed().Data["email"]!;

    private static string Base62(uint value)
    {
        const string digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var text = "";
        for (var i = 0; i < 6; i++)
        {
            text = digits[(int)(value % 62)] + text;
            value /= 62;
        }

        return text;
    }
}
