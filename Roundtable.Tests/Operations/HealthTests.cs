using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>An instance's health, for admins.</summary>
public sealed class HealthTests
{
    private TestApp app = null!;

    [SetUp]
    public void Start() => app = TestApp.Start();

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Checks_AreComplete_WithMeasurements()
    {
        using var staff = await app.NewStaffAsync("system:read");
        var health = (await staff.GetAsync("/admin/health")).ShouldSucceed().Data;
        var checks = health["checks"]!.AsArray().ToDictionary(c => (string)c!["name"]!, c => c!);
        Assert.Multiple(() =>
        {
            Assert.That(checks.Keys, Is.EqualTo(new[] { "database", "outbox", "mail", "keys", "disk", "process" }));
            Assert.That(checks.Values.Select(c => (string?)c["description"]), Is.All.Not.Empty);
            Assert.That((string?)checks["database"]["status"], Is.EqualTo("healthy"));
            Assert.That((string?)checks["database"]["data"]!["provider"], Is.EqualTo("Sqlite"));
            Assert.That((double?)checks["database"]["data"]!["latencyMs"], Is.GreaterThanOrEqualTo(0));
            Assert.That((string?)checks["database"]["data"]!["schema"], Is.EqualTo(Models.Sqlite().Database.GetMigrations().Last()));
            Assert.That((int?)checks["outbox"]["data"]!["failed"], Is.Zero);
            Assert.That((string?)checks["mail"]["data"]!["transport"], Is.EqualTo("Pickup"));
            Assert.That((string?)checks["mail"]["data"]!["lastSuccessAt"], Does.EndWith("Z"));
            Assert.That((int?)checks["keys"]["data"]!["count"], Is.GreaterThan(0));
            Assert.That((int?)checks["keys"]["data"]!["unprotected"], Is.GreaterThan(0));
            Assert.That((long?)checks["disk"]["data"]!["freeBytes"], Is.GreaterThan(0));
            Assert.That((long?)checks["disk"]["data"]!["databaseBytes"], Is.GreaterThan(0));
            Assert.That((string?)checks["process"]["data"]!["version"], Does.Match(@"^\d+\.\d+\.\d+"));
            Assert.That((string?)checks["process"]["data"]!["instance"], Has.Length.EqualTo(32));
            Assert.That((long?)checks["process"]["data"]!["uptimeSeconds"], Is.GreaterThanOrEqualTo(0));
            Assert.That((string?)health["status"], Is.EqualTo("degraded"), "keys are not encrypted in tests");
        });
    }

    [Test]
    public async Task Outbox_IsDegraded_WhenMailWaitsTooLong()
    {
        using var staff = await app.NewStaffAsync("system:read");
        await app.ArrangeAsync(async db =>
        {
            await db.OutboxMails.ExecuteDeleteAsync();
            foreach (var (id, status) in new[] { ("a", OutboxStatus.Pending), ("b", OutboxStatus.Failed) })
            {
                db.OutboxMails.Add(
                    OutboxMail.Create($"{id}{new string('0', 31)}", null, "a***@example.com", "test", "none", app.Now.AddMinutes(-20))
                );
                await db.SaveChangesAsync();
                var later = app.Now.AddYears(1);
                await db
                    .OutboxMails.Where(m => m.Id.StartsWith(id))
                    .ExecuteUpdateAsync(s => s.SetProperty(m => m.Status, status).SetProperty(m => m.NextAttemptAtUtc, later));
            }
        });
        var outbox = await CheckAsync(staff, "outbox");
        Assert.Multiple(() =>
        {
            Assert.That((string?)outbox["status"], Is.EqualTo("degraded"));
            Assert.That((int?)outbox["data"]!["pending"], Is.EqualTo(1));
            Assert.That((int?)outbox["data"]!["failed"], Is.EqualTo(1));
            Assert.That((long?)outbox["data"]!["oldestAgeSeconds"], Is.InRange(1200, 1300));
        });
    }

    [Test]
    public async Task Ready_DisclosesOnlyTheDatabaseCheck()
    {
        using var anonymous = app.NewBrowser();
        var ready = (await anonymous.RawAsync(HttpMethod.Get, "/health/ready")).ShouldSucceed().Json;
        Assert.That(
            ready.ToJsonString(),
            Is.EqualTo("""{"status":"healthy","checks":{"database":"The database answers and its schema is current."}}""")
        );
    }

    private static async Task<JsonNode> CheckAsync(Browser staff, string name) =>
        (await staff.GetAsync("/admin/health")).ShouldSucceed().Data["checks"]!.AsArray().Single(c => (string)c!["name"]! == name)!;
}
