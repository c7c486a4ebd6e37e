using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Webhooks;

/// <summary>An endpoint that hangs, is gone or points inside harms neither other endpoints nor the network.</summary>
public sealed class WebhookIsolationTests
{
    private TestApp app = null!;
    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        admin = await app.NewAdminAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task HangingEndpoint_DoesNotDelayOthers()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var sink = new Sink();
        var hanging = await AddAsync($"http://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}/");
        var healthy = await AddAsync(sink.Address);
        for (var i = 0; i < 20; i++)
        {
            await TestAsync(hanging);
        }

        await WaitAsync(hanging, d => (string?)d["status"] == "sending");
        var waited = Stopwatch.StartNew();
        await TestAsync(healthy);
        for (var tries = 0; sink.Count == 0 && tries < 100; tries++)
        {
            // The test controls time: advancing it triggers the next outbox poll.
            app.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(50);
        }

        Assert.That(sink.Count, Is.EqualTo(1));
        Assert.That(
            (await DeliveriesAsync(hanging)).Select(d => (string?)d["status"]),
            Has.Some.EqualTo("sending"),
            "the other endpoint still hangs"
        );
        Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        await RemoveAsync(hanging);
        await RemoveAsync(healthy);
    }

    [Test]
    public async Task GoneEndpoint_IsDisabled_AndAudited()
    {
        using var sink = new Sink { Status = 410 };
        var id = await AddAsync(sink.Address);
        await TestAsync(id);
        var delivery = await WaitAsync(id, d => (int?)d["attempts"] > 0);
        var endpoint = (await admin.GetAsync($"/admin/webhooks/{id}")).ShouldSucceed().Data;
        var entry = (await admin.GetAsync($"/admin/audit-log?target={id}&action=webhook.switchedOff")).ShouldSucceed().Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That((string?)delivery["status"], Is.EqualTo("failed"), "not retried");
            Assert.That(delivery["nextAttemptAt"], Is.Null);
            Assert.That((bool?)endpoint["enabled"], Is.False);
            Assert.That(entry["actor"], Is.Null);
            Assert.That(sink.Count, Is.EqualTo(1));
        });
        await RemoveAsync(id);
    }

    // Otherwise an admin could probe host names and learn from the errors which exist.
    [Test]
    public async Task UnreachableEndpoint_FailsWithAGenericText()
    {
        await using var strict = TestApp.Start(("Webhooks:AllowInsecureTargets", "false"));
        using var other = await strict.NewAdminAsync();
        var texts = new HashSet<string?>();
        foreach (
            var url in (string[])
                [
                    "https://10.255.255.1/",
                    "https://192.168.0.1:8443/",
                    "https://no-such-name.invalid/",
                    "https://[fc00::1]/",
                    "https://169.254.169.254/",
                ]
        )
        {
            var id = await AddAsync(url, other);
            await TestAsync(id, other);
            texts.Add((string?)(await WaitAsync(id, d => (int?)d["attempts"] > 0, other))["lastError"]);
        }

        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var refused = await AddAsync($"http://127.0.0.1:{port}/");
        await TestAsync(refused);
        texts.Add((string?)(await WaitAsync(refused, d => (int?)d["attempts"] > 0))["lastError"]);
        await RemoveAsync(refused);
        Assert.That(texts, Is.EqualTo(new[] { "The endpoint cannot be reached." }));
    }

    private async Task<string> AddAsync(string url, Browser? by = null) =>
        (string)
            (await (by ?? admin).PostAsync("/admin/webhooks", new { url, events = new[] { "user.unbanned" } })).ShouldSucceed(201).Data[
                "webhook"
            ]!["id"]!;

    private async Task RemoveAsync(string id) => (await admin.DeleteAsync($"/admin/webhooks/{id}")).ShouldSucceed(204);

    private async Task TestAsync(string id, Browser? by = null) =>
        (await (by ?? admin).PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);

    private async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(string id, Browser? by = null) =>
        (await (by ?? admin).GetAsync($"/admin/webhooks/{id}/deliveries?limit=100")).ShouldSucceed().Items;

    private async Task<JsonNode> WaitAsync(string id, Func<JsonNode, bool> isThere, Browser? by = null)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            if ((await DeliveriesAsync(id, by)).FirstOrDefault(isThere) is { } delivery)
            {
                return delivery;
            }

            await Task.Delay(50);
        }

        throw new AssertionException("The delivery never reached the expected state.");
    }
}
