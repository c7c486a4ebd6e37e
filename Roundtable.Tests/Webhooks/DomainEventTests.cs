using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Audit;
using Roundtable.Application.Events;
using Roundtable.Application.Users;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Webhooks;

/// <summary>A team's own handlers receive events after they happened.</summary>
public sealed class DomainEventTests
{
    [Test]
    public async Task Handlers_GetCommittedEvents_InOrder_AlsoWhenOneFails()
    {
        var received = new ConcurrentQueue<(IDomainEvent Event, RaisedEvent Raised)>();
        await using var app = TestApp.Start(services =>
            services
                .AddSingleton(received)
                .AddDomainEventListener<UserUpdated, Failing>()
                .AddDomainEventListener<UserUpdated, Recorder>()
                .AddDomainEventListener<UserBanned, Recorder>()
        );
        using var admin = await app.NewAdminAsync();
        using var user = await app.NewUserAsync();
        (await user.PatchAsync("/users/me", new { name = "Ada", bio = "Notes" })).ShouldSucceed();
        (await user.PatchAsync("/users/me", new { name = "Lost" }, ("If-Match", "\"999\""))).ShouldFail(412, "stale_version");
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        for (var tries = 0; tries < 200 && received.Count < 2; tries++)
        {
            await Task.Delay(50);
        }

        Assert.That(received.Select(h => h.Raised.Type), Is.EqualTo(new[] { "user.updated", "user.banned" }));
        var (updated, banned) = ((UserUpdated)received.First().Event, received.Last());
        Assert.Multiple(() =>
        {
            Assert.That((updated.User.Id, updated.User.Name), Is.EqualTo((user.UserId, "Ada")));
            Assert.That(updated.Changed, Is.EqualTo(new[] { "name", "bio" }));
            Assert.That(received.First().Raised.ActorId, Is.EqualTo(user.UserId));
            Assert.That(((UserBanned)banned.Event).Reason, Is.EqualTo("Spam"));
            Assert.That(banned.Raised.ActorId, Is.EqualTo(admin.UserId));
            Assert.That(banned.Raised.OccurredAtUtc, Is.EqualTo(app.Now).Within(TimeSpan.FromMinutes(1)));
        });
    }

    [Test]
    public void EventTypes_AreAuditActions() => Assert.That(EventTypes.All, Is.SubsetOf(AuditActions.All));

    [Test]
    public void Docs_ListEveryEventType()
    {
        var listed = Regex
            .Matches(
                File.ReadAllText(Repository.PathOf("docs", "webhooks.md")),
                "^\\| `([a-zA-Z]+\\.[a-zA-Z]+)` \\|",
                RegexOptions.Multiline
            )
            .Select(m => m.Groups[1].Value);
        Assert.That(listed, Is.EquivalentTo(EventTypes.All));
    }

    private sealed class Recorder(ConcurrentQueue<(IDomainEvent Event, RaisedEvent Raised)> received)
        : IDomainEventListener<UserUpdated>,
            IDomainEventListener<UserBanned>
    {
        public Task HandleAsync(UserUpdated e, RaisedEvent raised, CancellationToken ct) => Keep(e, raised);

        public Task HandleAsync(UserBanned e, RaisedEvent raised, CancellationToken ct) => Keep(e, raised);

        private Task Keep(IDomainEvent e, RaisedEvent raised)
        {
            received.Enqueue((e, raised));
            return Task.CompletedTask;
        }
    }

    private sealed class Failing : IDomainEventListener<UserUpdated>
    {
        public Task HandleAsync(UserUpdated e, RaisedEvent raised, CancellationToken ct) =>
            throw new InvalidOperationException("Broken on purpose.");
    }
}
