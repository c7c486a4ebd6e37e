using System.Reflection;
using System.Text.Json.Nodes;
using Roundtable.Application.Events;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Webhooks;

/// <summary>A user who may manage webhooks but not read users learns no names or addresses through them.</summary>
[Category("threat-39")]
public sealed class WebhookUserDataTests
{
    private TestApp app = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        await app.RootAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase(new[] { Permissions.WebhooksWrite }, false)]
    [TestCase(new[] { Permissions.WebhooksWrite, Permissions.UsersRead }, true)]
    public async Task Messages_ContainUserData_WhenTheUrlWasSetByAnAdminWhoCanReadUsers(string[] permissions, bool shown)
    {
        using var sink = new Sink();
        using var clerk = await app.NewStaffAsync(permissions);
        var made = (await clerk.PostAsync("/admin/webhooks", new { url = sink.Address, events = new[] { "user.banned" } })).ShouldSucceed(
            201
        );
        Assert.That((bool?)made.Data["webhook"]!["showsUserData"], Is.EqualTo(shown));
        var message = await BanAsync(sink);
        Assert.That(message["data"]!["user"]!.AsObject().ContainsKey("email"), Is.EqualTo(shown));
        Assert.That(message.ToJsonString().Contains("@example.com", StringComparison.Ordinal), Is.EqualTo(shown));
        Assert.That((string?)message["data"]!["user"]!["id"], Has.Length.EqualTo(32));
        (await (await app.RootAsync()).DeleteAsync($"/admin/webhooks/{made.IdOf("webhook")}")).ShouldSucceed(204);
    }

    [Test]
    public async Task Messages_OmitUserData_OnceAnotherAdminChangesTheUrl()
    {
        using var sink = new Sink();
        using var clerk = await app.NewStaffAsync(Permissions.WebhooksWrite);
        var root = await app.RootAsync();
        var id = (await root.PostAsync("/admin/webhooks", new { url = "http://127.0.0.1:1/", events = new[] { "user.banned" } }))
            .ShouldSucceed(201)
            .IdOf("webhook");
        Assert.That(
            (bool?)
                (await clerk.PatchAsync($"/admin/webhooks/{id}", new { description = "The same" })).ShouldSucceed().Data["showsUserData"],
            Is.True
        );
        Assert.That(
            (bool?)(await clerk.PatchAsync($"/admin/webhooks/{id}", new { url = sink.Address })).ShouldSucceed().Data["showsUserData"],
            Is.False
        );
        Assert.That(
            (bool?)(await root.PatchAsync($"/admin/webhooks/{id}", new { enabled = true })).ShouldSucceed().Data["showsUserData"],
            Is.False,
            "the URL was still set by the clerk"
        );
        Assert.That((await BanAsync(sink)).ToJsonString(), Does.Not.Contain("@example.com"));
        (await root.DeleteAsync($"/admin/webhooks/{id}")).ShouldSucceed(204);
    }

    [Test]
    public void EveryTextOfEveryEvent_IsMarkedAsUserData()
    {
        var texts = typeof(IDomainEvent)
            .Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(IDomainEvent)) || t == typeof(EventUser))
            .SelectMany(t =>
                t.GetProperties().Where(p => p.PropertyType == typeof(string) && !p.Name.EndsWith("Id", StringComparison.Ordinal))
            )
            // A provider's name in the settings.
            .Where(p => p.Name != nameof(LoginConnected.Provider))
            .ToList();
        Assert.That(texts, Has.Count.GreaterThanOrEqualTo(5));
        Assert.That(texts.Where(p => !p.IsDefined(typeof(UserDataAttribute))).Select(p => $"{p.DeclaringType!.Name}.{p.Name}"), Is.Empty);
    }

    private async Task<JsonNode> BanAsync(Sink sink)
    {
        using var user = await app.NewUserAsync();
        (
            await (await app.RootAsync()).PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Wrote to ada@example.com" })
        ).ShouldSucceed();
        return JsonNode.Parse((await sink.NextAsync()).Body)!;
    }
}
