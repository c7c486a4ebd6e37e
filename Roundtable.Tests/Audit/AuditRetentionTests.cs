using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Audit;
using Roundtable.Application.Operations;
using Roundtable.Domain.Audit;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Audit;

/// <summary>Expired days of the audit log are removed whole, on record, and the rest still verifies.</summary>
public sealed partial class AuditRetentionTests
{
    private TestApp? started;
    private Browser root = null!;
    private int firstDay;

    private TestApp App => started!;

    [TearDown]
    public async Task Stop()
    {
        if (started is not null)
        {
            await started.DisposeAsync();
        }

        started = null;
    }

    [Test]
    public async Task Entries_AreKept_ByDefault()
    {
        await StartAsync(null);
        App.Clock.Advance(TimeSpan.FromDays(4000));
        Assert.That((await CleanAsync()).AuditDays, Is.Zero);
        Assert.That(await DaysAsync(), Does.Contain(firstDay));
    }

    [Test]
    public async Task ExpiredDays_AreRemovedWhole_AndTheRestStaysValid()
    {
        await StartAsync("30.00:00:00");
        var before = await App.InspectAsync(db =>
            db.AuditEntries.AsNoTracking().Where(e => e.Day == firstDay).OrderBy(e => e.Sequence).ToListAsync()
        );
        ToMidnightAfter(days: 30, TimeSpan.FromSeconds(-1));
        Assert.That((await CleanAsync()).AuditDays, Is.Zero, "the day's last second is not old enough");
        App.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await CleanAsync()).AuditDays, Is.EqualTo(1));
        root = await App.SignInAsync(TestApp.AdminEmail);
        var verified = (await root.GetAsync("/admin/audit-log/verify")).ShouldSucceed().Data;
        var entry = (await root.GetAsync("/admin/audit-log?action=auditLog.dayRemoved")).ShouldSucceed().Items.Single();
        Assert.Multiple(async () =>
        {
            Assert.That((bool?)verified["valid"], Is.True, verified.ToJsonString());
            Assert.That((int?)verified["removedDays"], Is.EqualTo(1));
            Assert.That(await DaysAsync(), Does.Not.Contain(firstDay).And.Contain(AuditChain.DayOf(before[0].CreatedAtUtc.AddDays(1))));
            Assert.That((string?)entry["target"]!["id"], Is.EqualTo($"{firstDay}"));
            Assert.That((int?)entry["details"]!["entries"], Is.EqualTo(before.Count));
            Assert.That((string?)entry["details"]!["lastHash"], Is.EqualTo(before[^1].Hash));
            Assert.That(entry["actor"], Is.Null);
        });
        Assert.That((await CleanAsync()).AuditDays, Is.Zero, "once");
    }

    [Test]
    public async Task Tampering_IsDetected_AfterOtherDaysWereRemoved()
    {
        await StartAsync("30.00:00:00");
        ToMidnightAfter(days: 30, TimeSpan.Zero);
        await CleanAsync();
        root = await App.SignInAsync(TestApp.AdminEmail);
        var secondDay = (await DaysAsync())[0];
        await App.RunSqlAsync($"DELETE FROM AuditEntries WHERE Day = {secondDay} AND Sequence = 1");

        var verified = (await root.GetAsync("/admin/audit-log/verify")).ShouldSucceed().Data;
        Assert.That((bool?)verified["valid"], Is.False);
        Assert.That((int?)verified["firstBreak"]!["day"], Is.EqualTo(secondDay));
    }

    [Test]
    public async Task PartlyRemovedDay_IsCompletedByTheNextRun_AndIsNoBreak()
    {
        await StartAsync("30.00:00:00");
        ToMidnightAfter(days: 30, TimeSpan.Zero);
        await App.RunSqlAsync($"UPDATE AuditChains SET RemovedAtUtc = {App.Now} WHERE Day = {firstDay}");
        await App.RunSqlAsync($"DELETE FROM AuditEntries WHERE Day = {firstDay} AND Sequence = 1");
        root = await App.SignInAsync(TestApp.AdminEmail);
        Assert.That((bool?)(await root.GetAsync("/admin/audit-log/verify")).Data["valid"], Is.True);

        Assert.That((await CleanAsync()).AuditDays, Is.Zero, "removed by the earlier run");
        Assert.That(await DaysAsync(), Does.Not.Contain(firstDay));
    }

    [Test]
    public async Task ManyDays_AreRemoved_EachWithAnAuditEntry()
    {
        await StartAsync("7.00:00:00", days: 12);
        App.Clock.Advance(TimeSpan.FromDays(20));
        var reports = new[] { await CleanAsync(), await CleanAsync() };
        root = await App.SignInAsync(TestApp.AdminEmail);
        Assert.Multiple(async () =>
        {
            Assert.That(reports.Sum(r => r.AuditDays), Is.EqualTo(13));
            Assert.That((await root.GetAsync("/admin/audit-log?action=auditLog.dayRemoved&limit=100")).Items, Has.Count.EqualTo(13));
            Assert.That((bool?)(await root.GetAsync("/admin/audit-log/verify")).Data["valid"], Is.True);
        });
    }

    // Entries that other code could change or remove would be no reliable record.
    [Test]
    public void NoOtherCode_ChangesOrRemovesEntries()
    {
        var touching = Repository
            .ProductFiles()
            .Select(f => (Name: Path.GetFileName(f), Text: File.ReadAllText(f)))
            .Where(f => f.Text.Contains("AuditEntries", StringComparison.Ordinal) && Change().IsMatch(f.Text))
            .Select(f => f.Name);
        var calling = Repository
            .ProductFiles()
            .Where(f => File.ReadAllText(f).Contains(nameof(IAuditRetentionRepository), StringComparison.Ordinal))
            .Select(Path.GetFileName);
        Assert.Multiple(() =>
        {
            Assert.That(touching, Is.EquivalentTo(new[] { "AuditRetentionRepository.cs" }));
            Assert.That(
                calling,
                Is.EquivalentTo(
                    new[]
                    {
                        "IAuditRetentionRepository.cs",
                        "AuditRetention.cs",
                        "AuditRetentionRepository.cs",
                        "PersistenceRegistration.cs",
                    }
                )
            );
        });
    }

    private async Task StartAsync(string? retention, int days = 1)
    {
        started = retention is null ? TestApp.Start() : TestApp.Start(("Audit:Retention", retention));
        root = await App.RootAsync();
        firstDay = (await DaysAsync())[0];
        for (var day = 0; day < days; day++)
        {
            App.Clock.Advance(TimeSpan.FromDays(1));
            (await root.PatchAsync("/users/me", new { name = $"Name {day}" })).ShouldSucceed();
        }
    }

    private void ToMidnightAfter(int days, TimeSpan offset)
    {
        var first = DateTime.ParseExact($"{firstDay}", "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        App.Clock.Advance(DateTime.SpecifyKind(first.AddDays(1 + days), DateTimeKind.Utc) + offset - App.Now);
    }

    private async Task<CleanupReport> CleanAsync()
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CleanupService>().RunAsync(CancellationToken.None);
    }

    private Task<List<int>> DaysAsync() => App.InspectAsync(db => db.AuditEntries.Select(e => e.Day).Distinct().Order().ToListAsync());

    [GeneratedRegex(
        @"AuditEntries\b[^;]*\.(ExecuteDelete|ExecuteUpdate|Remove|RemoveRange|Update|UpdateRange)(Async)?\("
            + @"|(DELETE FROM|UPDATE)\s+.?AuditEntries"
    )]
    private static partial Regex Change();
}
