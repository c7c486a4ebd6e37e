using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Audit;
using Roundtable.Tests.Roles;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

/// <summary>Unbounded reads run outside write transactions and are rate limited.</summary>
[Category("threat-36")]
public sealed class ExportLoadTests
{
    private const int Entries = 2500;

    [Test]
    public async Task OwnExport_DoesNotBlockWriters_WhileReading()
    {
        await using var app = TestApp.Start(s => s.AddScoped<IAccountData, Slow>());
        using var exporting = await app.NewUserAsync();
        using var writing = await app.NewUserAsync();
        Slow.Reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Slow.GoOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var export = exporting.GetAsync("/users/me/export");
        await Slow.Reading.Task.WaitAsync(TimeSpan.FromSeconds(30));
        (await writing.PatchAsync("/users/me", new { name = "Meanwhile" }).WaitAsync(TimeSpan.FromSeconds(15))).ShouldSucceed();
        Slow.GoOn.SetResult();
        (await export).ShouldSucceed();
    }

    [Test]
    public async Task OwnExport_IsComplete_WhenThereIsMoreThanOneBatch()
    {
        await using var app = TestApp.Start();
        using var user = await app.NewUserAsync();
        await app.ArrangeAsync(db =>
        {
            for (var i = 0; i < Entries; i++)
            {
                var actor = new AuditActor(user.UserId, "ada@example.com", "203.0.113.7", null, null);
                db.NewAuditEntries.Add(AuditEntry.Record(AuditActions.UserUpdated, actor, "user", user.UserId, user.UserId, "{}", app.Now));
            }

            return Task.CompletedTask;
        });
        var activity = (await user.GetAsync("/users/me/export")).ShouldSucceed().Data["activity"]!.AsArray();
        Assert.That(activity.Count(e => (string?)e!["action"] == AuditActions.UserUpdated), Is.EqualTo(Entries));
        Assert.That(activity.Select(e => (string)e!["id"]!), Is.Ordered.Descending.And.Unique);
    }

    [Test]
    public async Task Exports_HaveTheirOwnRateLimit()
    {
        await using var app = TestApp.Start(
            ("RateLimiting:Enabled", "true"),
            ("RateLimiting:Export:Permits", "2"),
            ("RateLimiting:Auth:Permits", "100")
        );
        using var admin = await app.NewAdminAsync();
        using var other = await app.NewUserAsync();
        (await admin.GetAsync("/users/me/export")).ShouldSucceed();
        (await admin.GetAsync("/admin/users/export?format=csv")).ShouldSucceed();
        foreach (var export in (await WritingEndpoint.AllAsync(app)).Where(e => e.Method == "GET"))
        {
            var refused = (await export.CallAsync(admin)).ShouldFail(429, "rate_limited");
            Assert.That(refused.Header("RateLimit-Limit"), Is.EqualTo("2"));
        }

        (await admin.GetAsync("/users/me")).ShouldSucceed();
        (await other.GetAsync("/users/me/export")).ShouldSucceed();
    }

    private sealed class Slow : IAccountData
    {
        public static TaskCompletionSource Reading { get; set; } = new();

        public static TaskCompletionSource GoOn { get; set; } = new();

        public string Name => "slow";

        public async Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct)
        {
            Reading.TrySetResult();
            await GoOn.Task.WaitAsync(ct);
            return [];
        }
    }
}
