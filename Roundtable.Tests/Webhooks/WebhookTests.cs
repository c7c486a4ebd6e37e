using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Events;
using Roundtable.Infrastructure.Webhooks;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.ExternalLogins;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Webhooks;

/// <summary>Events reach their subscribers: signed, complete, not twice, and never from a rolled-back transaction.</summary>
public sealed class WebhookTests
{
    private RogueProvider provider = null!;
    private TestApp app = null!;
    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        provider = await RogueProvider.StartAsync();
        provider.Subject = "ada";
        app = TestApp.Start(OpenIdServer.Trust, provider.Settings("corp"));
        admin = await app.NewAdminAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        await app.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Test]
    public async Task DocumentedReceiver_AcceptsEveryEvent_AndTheNewSecret()
    {
        using var folder = new TempFolder();
        var port = FreePort.Next();
        var (id, first) = await AddAsync($"http://127.0.0.1:{port}/");
        var email = TestApp.NewEmail("hooked");
        using (var receiver = await Receiver.StartAsync(folder.Name, first, port))
        {
            (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
            await CauseEverythingAsync(email);
            var types = EventTypes.All.Append("webhook.test").ToHashSet();
            var taken = await receiver.WaitAsync(t =>
                t.Select(Type).ToHashSet().IsSupersetOf(types) && t.Contains($"user.deleted moved-{email}")
            );
            Assert.That(taken.Select(Type).ToHashSet(), Is.SupersetOf(types));
            Assert.That(
                taken,
                Has.One.EqualTo($"user.created {email}")
                    .And.One.EqualTo($"user.banned {email}")
                    .And.One.EqualTo($"user.deleted moved-{email}")
            );

            var second = (string)(await admin.PostAsync($"/admin/webhooks/{id}/rotate-secret")).ShouldSucceed().Data["secret"]!;
            Assert.That(second, Is.Not.EqualTo(first));
            (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
            Assert.That(
                (await receiver.WaitAsync(t => t.Count(l => Type(l) == "webhook.test") == 2)).Count(l => Type(l) == "webhook.test"),
                Is.EqualTo(2),
                "the old secret is still valid"
            );

            receiver.Dispose();
            using var renewed = await Receiver.StartAsync(folder.Name, second, port);
            (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
            Assert.That(await renewed.WaitAsync(t => t.Count > 0), Is.EqualTo(new[] { "webhook.test " }), "the new secret is valid");
        }

        await RemoveAsync(id);
    }

    [Test]
    public async Task DocumentedReceiver_RefusesForgedAndOldMessages_AndIgnoresDuplicates()
    {
        using var folder = new TempFolder();
        var secret = "whsec_" + Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        using var receiver = await Receiver.StartAsync(folder.Name, secret, FreePort.Next());
        using var http = new HttpClient { BaseAddress = receiver.Address };
        const string body = """{"type":"user.created","data":{"user":{"email":"ada@example.com"}}}""";
        var now = TimeProvider.System.GetUtcNow();
        var signature = WebhookSignature.Of("a", now, body, [secret]);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await PostAsync(http, "a", now, body, signature), Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(await PostAsync(http, "a", now, body, signature), Is.EqualTo(HttpStatusCode.NoContent), "a repeated message");
            Assert.That(await PostAsync(http, "b", now, body, signature), Is.EqualTo(HttpStatusCode.Unauthorized), "another id");
            Assert.That(
                await PostAsync(http, "a", now, body.Replace("ada", "eve"), signature),
                Is.EqualTo(HttpStatusCode.Unauthorized),
                "another body"
            );
            var past = now.AddMinutes(-6);
            Assert.That(
                await PostAsync(http, "c", past, body, WebhookSignature.Of("c", past, body, [secret])),
                Is.EqualTo(HttpStatusCode.Unauthorized),
                "old"
            );
        });
        Assert.That(receiver.Accepted, Is.EqualTo(new[] { "user.created ada@example.com" }));
    }

    [Test]
    public async Task Message_IsSentToSubscribedEndpoints()
    {
        using var sink = new Sink();
        var (id, secret) = await AddAsync(sink.Address, "user.banned");
        using var user = await app.NewUserAsync();
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        var message = await sink.NextAsync();
        var json = JsonNode.Parse(message.Body)!;
        var entry = (await admin.GetAsync($"/admin/audit-log?target={user.UserId}&action=user.banned")).ShouldSucceed().Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That((string?)json["type"], Is.EqualTo("user.banned"));
            Assert.That((string?)json["timestamp"], Does.EndWith("Z"));
            Assert.That((string?)json["actorId"], Is.EqualTo(admin.UserId));
            Assert.That((string?)json["data"]!["user"]!["id"], Is.EqualTo(user.UserId));
            Assert.That((string?)json["data"]!["reason"], Is.EqualTo("Spam"));
            Assert.That(message.Headers["webhook-id"], Is.EqualTo((string?)entry["id"]), "the audit entry's id");
            Assert.That(message.Headers["Content-Type"], Does.StartWith("application/json"));
            Assert.That(
                message.Headers["webhook-signature"],
                Is.EqualTo(
                    WebhookSignature.Of(
                        message.Headers["webhook-id"]!,
                        DateTimeOffset.FromUnixTimeSeconds(long.Parse(message.Headers["webhook-timestamp"]!, CultureInfo.InvariantCulture)),
                        message.Body,
                        [secret]
                    )
                )
            );
        });
        Assert.That(sink.Count, Is.EqualTo(1), "no message for the sign-up or the session");
        await RemoveAsync(id);
    }

    [Test]
    public async Task RefusedRequests_SendNoMessages()
    {
        using var sink = new Sink();
        var (id, _) = await AddAsync(sink.Address, "user.updated", "user.banned");
        using var user = await app.NewUserAsync();
        (await admin.PostAsync($"/admin/users/{admin.UserId}/ban", new { reason = "Me" })).ShouldFail(409, "not_on_yourself");
        (await user.PatchAsync("/users/me", new { name = "Ada" }, ("If-Match", "\"999\""))).ShouldFail(412, "stale_version");
        (await user.PatchAsync("/users/me", new { name = "Ada" })).ShouldSucceed();
        Assert.That((string?)JsonNode.Parse((await sink.NextAsync()).Body)!["type"], Is.EqualTo("user.updated"));
        Assert.That((await DeliveriesAsync(id)).Count, Is.EqualTo(1));
        await RemoveAsync(id);
    }

    [Test]
    [Category("SqlServer")]
    public async Task FailedDeliveries_AreShown_AndRetried()
    {
        using var sink = new Sink { Status = 503 };
        var (id, _) = await AddAsync(sink.Address, "user.unbanned");
        (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
        var failed = await UntilAsync(id, d => (int?)d["attempts"] == 1);
        Assert.Multiple(() =>
        {
            Assert.That((string?)failed["status"], Is.EqualTo("pending"));
            Assert.That((string?)failed["lastError"], Is.EqualTo("The endpoint answered 503."));
            Assert.That((string?)failed["lastErrorCode"], Is.EqualTo("serverError"));
            Assert.That((string?)failed["nextAttemptAt"], Does.EndWith("Z"));
            Assert.That(
                failed.AsObject().Select(m => m.Key),
                Is.EquivalentTo(
                    new[]
                    {
                        "id",
                        "eventId",
                        "eventType",
                        "status",
                        "attempts",
                        "lastError",
                        "lastErrorCode",
                        "createdAt",
                        "nextAttemptAt",
                        "sentAt",
                    }
                )
            );
        });
        var first = await sink.NextAsync();
        sink.Status = 200;
        await RetryAsync(id, failed);
        var again = await sink.NextAsync();
        Assert.That(again.Headers["webhook-id"], Is.EqualTo(first.Headers["webhook-id"]));
        var sent = await UntilAsync(id, d => (string?)d["status"] == "sent");
        Assert.That(((string?)sent["lastError"], (string?)sent["lastErrorCode"]), Is.EqualTo(((string?)null, (string?)null)));
        (await admin.PostAsync($"/admin/webhooks/{id}/deliveries/{(string)failed["id"]!}/retry")).ShouldFail(409, "conflict");
        (await admin.PostAsync($"/admin/webhooks/{new string('0', 32)}/deliveries/{(string)failed["id"]!}/retry")).ShouldFail(
            404,
            "not_found"
        );
        await RemoveAsync(id);
    }

    [Test]
    public async Task Endpoint_SwitchedOnAgain_GetsWhatWaits_AtOnce()
    {
        using var sink = new Sink { Status = 503 };
        var (id, _) = await AddAsync(sink.Address, "user.unbanned");
        (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
        await UntilAsync(id, d => (int?)d["attempts"] == 1);
        (await admin.PatchAsync($"/admin/webhooks/{id}", new { enabled = false })).ShouldSucceed();
        sink.Status = 200;
        (await admin.PatchAsync($"/admin/webhooks/{id}", new { enabled = true })).ShouldSucceed();
        await UntilAsync(id, d => (string?)d["status"] == "sent");
        await RemoveAsync(id);
    }

    [Test]
    public async Task Message_IsStoredEncrypted_AndErasedWhenSent()
    {
        using var sink = new Sink { Status = 500 };
        var (id, secret) = await AddAsync(sink.Address, "user.updated");
        using var user = await app.NewUserAsync();
        (await user.PatchAsync("/users/me", new { name = "Renamed" })).ShouldSucceed();
        var waiting = await UntilAsync(id, d => (int?)d["attempts"] == 1);
        await app.ArrangeAsync(async db =>
        {
            var row = await db.WebhookDeliveries.AsNoTracking().SingleAsync(d => d.EndpointId == id);
            Assert.That(row.ProtectedContent, Is.Not.Null.And.Not.Contains("Whoever"));
            Assert.That(
                (await db.WebhookEndpoints.AsNoTracking().SingleAsync(e => e.Id == id)).ProtectedSecret,
                Does.Not.Contain(secret[6..])
            );
        });
        sink.Status = 204;
        await RetryAsync(id, waiting);
        await UntilAsync(id, d => (string?)d["status"] == "sent");
        await app.ArrangeAsync(async db =>
            Assert.That((await db.WebhookDeliveries.AsNoTracking().SingleAsync(d => d.EndpointId == id)).ProtectedContent, Is.Null)
        );
        await RemoveAsync(id);
        await app.ArrangeAsync(async db =>
            Assert.That(await db.WebhookDeliveries.AnyAsync(d => d.EndpointId == id), Is.False, "messages are deleted with their endpoint")
        );
    }

    [Test]
    public async Task DeletedEndpoint_GetsNoMessages()
    {
        var (id, _) = await AddAsync("http://127.0.0.1:1/", "user.updated");
        using var user = await app.NewUserAsync();
        (await user.PatchAsync("/users/me", new { name = "Before" })).ShouldSucceed();
        Assert.That(await DeliveriesAsync(id), Has.Count.EqualTo(1));
        await RemoveAsync(id);
        (await user.PatchAsync("/users/me", new { name = "After" })).ShouldSucceed();
        await app.ArrangeAsync(async db => Assert.That(await db.WebhookDeliveries.AnyAsync(d => d.EndpointId == id), Is.False));
    }

    [TestCase("ftp://example.com/", "user.created")]
    [TestCase("https://ada@example.com/", "user.created")]
    [TestCase("https://example.com/#part", "user.created")]
    [TestCase("no address", "user.created")]
    [TestCase("https://example.com/", "user.exploded")]
    public async Task InvalidEndpoint_IsRefused(string url, string type)
    {
        var answer = (await admin.PostAsync("/admin/webhooks", new { url, events = new[] { type } })).ShouldFail(400, "validation_failed");
        Assert.That(answer.Json["errors"]!.AsObject().Select(e => e.Key), Is.EqualTo(new[] { type == "user.exploded" ? "events" : "url" }));
    }

    [Test]
    public async Task Endpoint_CanBeChanged_WithIfMatch_WithoutDisclosingItsSecret()
    {
        var (id, secret) = await AddAsync("http://127.0.0.1:1/", "user.created");
        var read = (await admin.GetAsync($"/admin/webhooks/{id}")).ShouldSucceed();
        Assert.That(read.Text, Does.Not.Contain(secret).And.Not.Contain("protected"));
        var changed = (
            await admin.PatchAsync($"/admin/webhooks/{id}", new { enabled = false, description = "CRM" }, ("If-Match", read.Header("ETag")))
        ).ShouldSucceed();
        Assert.That(
            (changed.Data["enabled"]!.GetValue<bool>(), (string?)changed.Data["description"], (string?)changed.Data["events"]![0]),
            Is.EqualTo((false, "CRM", "user.created"))
        );
        (await admin.PatchAsync($"/admin/webhooks/{id}", new { enabled = true }, ("If-Match", read.Header("ETag")))).ShouldFail(
            412,
            "stale_version"
        );
        (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldFail(409, "conflict");
        Assert.That((await admin.GetAsync("/admin/webhooks")).ShouldSucceed().Items.Select(w => (string?)w["id"]), Does.Contain(id));
        Assert.That(
            (await admin.GetAsync($"/admin/audit-log?target={id}")).ShouldSucceed().Items.Select(e => (string?)e["action"]),
            Is.EqualTo(new[] { "webhook.changed", "webhook.created" })
        );
        await RemoveAsync(id);
        (await admin.GetAsync($"/admin/webhooks/{id}")).ShouldFail(404, "not_found");
    }

    private static string Type(string line) => line.Split(' ')[0];

    private async Task<(string Id, string Secret)> AddAsync(string url, params string[] events)
    {
        var made = (await admin.PostAsync("/admin/webhooks", new { url, events })).ShouldSucceed(201).Data;
        return ((string)made["webhook"]!["id"]!, (string)made["secret"]!);
    }

    private async Task RemoveAsync(string id) => (await admin.DeleteAsync($"/admin/webhooks/{id}")).ShouldSucceed(204);

    private async Task RetryAsync(string id, JsonNode delivery)
    {
        (await admin.PostAsync($"/admin/webhooks/{id}/deliveries/{(string)delivery["id"]!}/retry")).ShouldSucceed(202);

        // The worker polls once a second, by this clock.
        app.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    private async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(string id) =>
        (await admin.GetAsync($"/admin/webhooks/{id}/deliveries")).ShouldSucceed().Items;

    private async Task<JsonNode> UntilAsync(string id, Func<JsonNode, bool> holds)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            if ((await DeliveriesAsync(id)).FirstOrDefault(holds) is { } delivery)
            {
                return delivery;
            }

            await Task.Delay(50);
        }

        throw new AssertionException("The delivery never reached the expected state.");
    }

    private async Task CauseEverythingAsync(string email)
    {
        var user = (await admin.PostAsync("/admin/users", new { email, password = "correct horse battery staple" }))
            .ShouldSucceed(201)
            .Data;
        var path = $"/admin/users/{(string)user["id"]!}";
        using var browser = app.NewBrowser();
        await browser.SignInByLinkAsync(email);
        using var other = app.NewBrowser();
        await other.SignInByLinkAsync(email);
        (await browser.PatchAsync("/users/me", new { name = "Hooked" })).ShouldSucceed();
        (await browser.DeleteAsync("/sessions")).ShouldSucceed(204);
        (await browser.ConnectAtAsync(provider, "corp")).ShouldContinueAt("/account/security");
        (await browser.DeleteAsync("/users/me/logins/corp")).ShouldSucceed(204);
        await UseKeysAsync();
        (await admin.PostAsync($"{path}/impersonate", new { reason = "Ticket 4711" })).ShouldSucceed();
        (await admin.PostAsync("/auth/impersonation/stop")).ShouldSucceed();
        var session = (await admin.GetAsync($"{path}/sessions")).ShouldSucceed().Items.First(s => (string?)s["method"] == "magicLink");
        (await admin.DeleteAsync($"/admin/sessions/{(string)session["id"]!}")).ShouldSucceed(204);
        (await admin.PostAsync($"{path}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await admin.PostAsync($"{path}/unban")).ShouldSucceed();
        (await admin.PutAsync($"{path}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
        (await admin.PutAsync($"{path}/password", new { password = "another horse battery staple" })).ShouldSucceed(204);
        (await admin.PatchAsync(path, new { email = $"moved-{email}" })).ShouldSucceed();
        (await admin.DeleteAsync(path)).ShouldSucceed(204);
    }

    private async Task UseKeysAsync()
    {
        var sync = await admin.NewServiceKeyAsync(["user"], "users:list");
        (await admin.PatchAsync(sync.Path, new { description = "Nightly" })).ShouldSucceed();
        (await admin.PostAsync($"{sync.KeyPath}/rotate")).ShouldSucceed();
        (await admin.PostAsync("/auth/api-keys/report", new { key = sync.Secret })).ShouldSucceed(204);
        var second = await admin.NewServiceKeyAsync(["user"], "users:list");
        (await admin.DeleteAsync(second.KeyPath)).ShouldSucceed(204);
        var third = await admin.NewServiceKeyAsync(["user"], "users:list");
        await app.ArrangeAsync(async db =>
            await db.ApiKeys.Where(k => k.Id == third.Key.Id).ExecuteUpdateAsync(s => s.SetProperty(k => k.ExpiresAtUtc, app.Now))
        );
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ApiKeyExpiry>().RunAsync(CancellationToken.None);
        (await admin.DeleteAsync(second.Path)).ShouldSucceed(204);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string id, DateTimeOffset time, string body, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{time.ToUnixTimeSeconds()}");
        request.Headers.Add("webhook-signature", signature);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
