using System.Text.Json.Nodes;
using Roundtable.Domain.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Webhooks;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Webhooks;

/// <summary>Admins see how an endpoint does: its success, who added it, and what was sent and answered.</summary>
public sealed class WebhookActivityTests
{
    private TestApp app = null!;
    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        admin = await app.RootAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Endpoints_ShowADaysMessages_AndTheLast()
    {
        using var sink = new Sink();
        var id = await AddAsync(admin, sink.Address);
        var unused = await AddAsync(admin, sink.Address);
        Assert.That(await ActivityAsync(id), Is.EqualTo((0, 0, 0, (string?)null)));
        await app.ArrangeAsync(db =>
        {
            var before = app.Now.AddHours(-25);
            var old = WebhookDelivery.Create(EntityId.New(before), id, EntityId.New(before), "user.created", "", before);
            typeof(OutboxMessage).GetProperty(nameof(OutboxMessage.Status))!.SetValue(old, OutboxStatus.Failed);
            db.WebhookDeliveries.Add(old);
            return Task.CompletedTask;
        });
        Assert.That(await ActivityAsync(id), Is.EqualTo((0, 0, 0, "failed")), "only the last message is older than a day");
        await SendAsync(id, a => a.Sent == 1);
        await SendAsync(id, a => a.Sent == 2);
        sink.Status = 500;
        await SendAsync(id, a => a is { Sent: 2, Retrying: 1 });
        sink.Status = 410;
        await SendAsync(id, a => a is { Sent: 2, Failed: 1, Retrying: 1, Last: "failed" });
        var listed = (await admin.GetAsync("/admin/webhooks")).ShouldSucceed().Items;
        Assert.That(Activity(listed.Single(w => (string?)w["id"] == id)), Is.EqualTo((2, 1, 1, "failed")), "in the list too");
        Assert.That(Activity(listed.Single(w => (string?)w["id"] == unused)), Is.EqualTo((0, 0, 0, (string?)null)));
    }

    [Test]
    public async Task Endpoints_NameTheUserWhoAddedThem_UntilTheUserIsDeleted()
    {
        var clerk = await app.NewStaffAsync("webhooks:write");
        var id = await AddAsync(clerk, "http://127.0.0.1:1/");
        foreach (var webhook in new[] { (await admin.GetAsync($"/admin/webhooks/{id}")).Data, await ListedAsync(id) })
        {
            Assert.That((string?)webhook["createdBy"]!["id"], Is.EqualTo(clerk.UserId));
            Assert.That((string?)webhook["createdBy"]!["name"], Is.Not.Empty);
        }

        (await admin.DeleteAsync($"/admin/users/{clerk.UserId}")).ShouldSucceed(204);
        Assert.That((await ListedAsync(id))["createdBy"], Is.Null, "the endpoint stays");
    }

    [Test]
    public async Task Delivery_ShowsTheMessageAndTheAnswer_UntilItIsAccepted()
    {
        using var sink = new Sink { Status = 500 };
        var secret = "";
        var id = await AddAsync(admin, sink.Address, s => secret = s);
        sink.Text = $"No user ada@example.com at https://internal.example.com/x with {secret} or {secret[6..]}\n{new string('x', 4000)}";
        (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
        var delivery = await UntilAsync(id, d => (int?)d["attempts"] == 1);
        var path = $"/admin/webhooks/{id}/deliveries/{(string)delivery["id"]!}";
        var shown = (await admin.GetAsync(path)).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)JsonNode.Parse((string)shown.Data["body"]!)!["type"], Is.EqualTo("webhook.test"));
            // The answer repeats the message, which not everybody who reads errors may see.
            Assert.That((string?)shown.Data["delivery"]!["lastError"], Is.EqualTo("The endpoint answered 500."));
            Assert.That(shown.Text, Does.Not.Contain(secret[6..]));
        });

        (await admin.GetAsync($"/admin/webhooks/{new string('0', 32)}/deliveries/{(string)delivery["id"]!}")).ShouldFail(404, "not_found");
        (await admin.GetAsync($"/admin/webhooks/{id}/deliveries/{new string('0', 32)}")).ShouldFail(404, "not_found");
        sink.Status = 200;
        (await admin.PostAsync($"{path}/retry")).ShouldSucceed(202);
        await UntilAsync(id, d => (string?)d["status"] == "sent");
        Assert.That((await admin.GetAsync(path)).ShouldSucceed().Data["body"], Is.Null);
    }

    [TestCase(new[] { "webhooks:read" }, false)]
    [TestCase(new[] { "webhooks:read", "webhooks:write" }, false)]
    [TestCase(new[] { "webhooks:read", "users:read" }, false)]
    [TestCase(new[] { "webhooks:read", "webhooks:write", "users:read" }, true)]
    [Category("threat-39")]
    public async Task Message_IsShown_ToThoseWhoCouldReceiveIt(string[] permissions, bool isShown)
    {
        var id = await AddAsync(admin, "http://127.0.0.1:1/");
        (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
        var delivery = await UntilAsync(id, _ => true);
        using var staff = await app.NewStaffAsync(permissions);
        var answer = (await staff.GetAsync($"/admin/webhooks/{id}/deliveries/{(string)delivery["id"]!}")).ShouldSucceed();
        Assert.That(answer.Data["body"] is not null, Is.EqualTo(isShown), answer.Text);
    }

    private static async Task<string> AddAsync(Browser by, string url, Action<string>? keep = null)
    {
        // No test causes this event.
        var made = (await by.PostAsync("/admin/webhooks", new { url, events = new[] { "apiKey.leaked" } })).ShouldSucceed(201).Data;
        keep?.Invoke((string)made["secret"]!);
        return (string)made["webhook"]!["id"]!;
    }

    private static (int Sent, int Failed, int Retrying, string? Last) Activity(JsonNode webhook) =>
        (
            (int)webhook["activity"]!["sent"]!,
            (int)webhook["activity"]!["failed"]!,
            (int)webhook["activity"]!["retrying"]!,
            (string?)webhook["activity"]!["lastStatus"]
        );

    private async Task<(int Sent, int Failed, int Retrying, string? Last)> ActivityAsync(string id) =>
        Activity((await admin.GetAsync($"/admin/webhooks/{id}")).ShouldSucceed().Data);

    private async Task<JsonNode> ListedAsync(string id) =>
        (await admin.GetAsync("/admin/webhooks")).ShouldSucceed().Items.Single(w => (string?)w["id"] == id);

    private async Task SendAsync(string id, Func<(int Sent, int Failed, int Retrying, string? Last), bool> until)
    {
        (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
        await Poll.UntilAsync(async () => until(await ActivityAsync(id)));
    }

    private async Task<JsonNode> UntilAsync(string id, Func<JsonNode, bool> holds)
    {
        JsonNode? found = null;
        await Poll.UntilAsync(async () =>
        {
            var all = (await admin.GetAsync($"/admin/webhooks/{id}/deliveries")).ShouldSucceed().Items;
            found = all.FirstOrDefault(holds);
            return found is not null;
        });
        return found!;
    }
}
