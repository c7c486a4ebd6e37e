using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Audit;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Audit;

/// <summary>The audit log detects tampering and can be exported.</summary>
public sealed class AuditChainTests
{
    private TestApp app = null!;
    private Browser root = null!;

    [SetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        root = await app.RootAsync();
        for (var day = 0; day < 2; day++)
        {
            for (var i = 0; i < 3; i++)
            {
                (await root.PatchAsync("/users/me", new { name = $"Name {day} {i}" })).ShouldSucceed();
            }

            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        (await root.PatchAsync("/users/me", new { name = "Last" })).ShouldSucceed();
    }

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Verify_Succeeds_WhenNothingWasChanged()
    {
        var answer = (await root.GetAsync("/admin/audit-log/verify")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((bool?)answer.Data["valid"], Is.True);
            Assert.That((long?)answer.Data["checked"], Is.GreaterThanOrEqualTo(7));
            Assert.That(answer.Data["firstBreak"], Is.Null);
        });
    }

    // Each writer waits for the end of the chain and appends to it.
    [Test]
    public async Task ParallelWriters_AppendToOneChain()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => app.NewUserAsync()));
        var answers = await Task.WhenAll(
            users.Select(async user =>
            {
                List<int> statuses = [];
                for (var i = 0; i < 5; i++)
                {
                    statuses.Add((await user.PatchAsync("/users/me", new { name = $"Name {i}" })).Status);
                }

                user.Dispose();
                return statuses;
            })
        );
        Assert.That(answers.SelectMany(a => a), Is.All.EqualTo(200));
        Assert.That((bool?)(await root.GetAsync("/admin/audit-log/verify")).ShouldSucceed().Data["valid"], Is.True);
    }

    [TestCase("Details")]
    [TestCase("ActorEmail")]
    [TestCase("ActorId")]
    [TestCase("Action")]
    [TestCase("TargetId")]
    [TestCase("RequestId")]
    [TestCase("UserAgent")]
    [TestCase("Hash")]
    [TestCase("PreviousHash")]
    public async Task Verify_ReportsTheEntry_WhenOneByteChanged(string column)
    {
        foreach (var entry in await SampleAsync())
        {
            var sql = $"""
                UPDATE AuditEntries
                SET {column} = substr({column}, 1, 4) || CASE substr({column}, 5, 1) WHEN 'x' THEN 'y' ELSE 'x' END || substr({column}, 6)
                WHERE Id = {"{0}"}
                """;
            var back = $"UPDATE AuditEntries SET {column} = {{1}} WHERE Id = {{0}}";
            var before = (string?)entry.GetType().GetProperty(column)!.GetValue(entry);
            if (before is not { Length: > 5 })
            {
                continue;
            }

            Assert.That(await app.InspectAsync(db => db.Database.ExecuteSqlRawAsync(sql, entry.Id)), Is.EqualTo(1));
            await ShouldNameAsync(entry.Id);
            await app.InspectAsync(db => db.Database.ExecuteSqlRawAsync(back, entry.Id, before));
        }

        Assert.That((bool?)(await root.GetAsync("/admin/audit-log/verify")).Data["valid"], Is.True);
    }

    [Test]
    public async Task Verify_ReportsTheEntry_WhenItsTimeChanged()
    {
        var entry = (await SampleAsync())[^1];
        Assert.That(
            await app.RunSqlAsync(
                $"UPDATE AuditEntries SET CreatedAtUtc = (SELECT MIN(CreatedAtUtc) FROM AuditEntries) WHERE Id = {entry.Id}"
            ),
            Is.EqualTo(1)
        );
        await ShouldNameAsync(entry.Id);
    }

    [Test]
    public async Task Verify_ReportsTheNextEntry_WhenOneIsMissing()
    {
        var entries = await OfFirstDayAsync();
        await app.RunSqlAsync($"DELETE FROM AuditEntries WHERE Id = {entries[1].Id}");
        await ShouldNameAsync(entries[2].Id);
    }

    [Test]
    public async Task Verify_Fails_WhenTheLastEntryIsMissing()
    {
        var entries = await OfFirstDayAsync();
        await app.RunSqlAsync($"DELETE FROM AuditEntries WHERE Id = {entries[^1].Id}");
        var found = await BreakAsync();
        Assert.Multiple(() =>
        {
            Assert.That((int?)found["day"], Is.EqualTo(entries[^1].Day));
            Assert.That((int?)found["sequence"], Is.EqualTo(entries[^1].Sequence));
        });
    }

    [Test]
    public async Task Verify_Fails_WhenTheChainIsMissing()
    {
        var entries = await OfFirstDayAsync();
        await app.RunSqlAsync($"DELETE FROM AuditChains WHERE Day = {entries[0].Day}");
        await app.RunSqlAsync($"UPDATE AuditEntries SET Details = 'forged' WHERE Id = {entries[0].Id}");
        Assert.That((int?)(await BreakAsync())["day"], Is.EqualTo(entries[0].Day));
    }

    [Test]
    public async Task Verify_Fails_WhenTheLastEntryIsNotTheChainsEnd()
    {
        var last = (await OfFirstDayAsync())[^1];
        var forged = AuditEntry.Record(
            "user.banned",
            new AuditActor(null, null, null, null, null),
            "user",
            "x",
            null,
            "{}",
            last.CreatedAtUtc
        );
        forged.Link(last.Sequence, last.PreviousHash);
        await app.RunSqlAsync($"DELETE FROM AuditEntries WHERE Id = {last.Id}");
        await app.RunSqlAsync(
            $"""
            INSERT INTO AuditEntries (Id, CreatedAtUtc, Day, Sequence, PreviousHash, Hash, Action, TargetType, TargetId, Details)
            SELECT {forged.Id}, {last.CreatedAtUtc}, {forged.Day}, {forged.Sequence}, {forged.PreviousHash},
              {forged.Hash}, {forged.Action}, {forged.TargetType}, {forged.TargetId}, {forged.Details}
            """
        );
        Assert.That((int?)(await BreakAsync())["sequence"], Is.EqualTo(last.Sequence));
    }

    [Test]
    public async Task Export_ContainsTheEntries_AsCsvAndNdjson()
    {
        var user = TestApp.NewEmail("=cmd");
        (
            await root.PostAsync("/admin/users", new { email = user.Replace("=", "", StringComparison.Ordinal), name = "=1+1" })
        ).ShouldSucceed(201);
        await app.ArrangeAsync(db =>
            db.Sessions.Where(s => s.UserId == root.UserId).ExecuteUpdateAsync(s => s.SetProperty(x => x.AuthenticatedAtUtc, app.Now))
        );
        var csv = (await root.GetAsync("/admin/audit-log/export?format=csv&action=user.updated")).ShouldSucceed();
        var ndjson = (await root.GetAsync("/admin/audit-log/export?format=ndjson&action=user.updated")).ShouldSucceed();
        var lines = csv.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var objects = ndjson.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(csv.Header("Content-Type"), Does.StartWith("text/csv"));
            Assert.That(csv.Header("Content-Disposition"), Does.StartWith("attachment"));
            Assert.That(ndjson.Header("Content-Type"), Does.StartWith("application/x-ndjson"));
            Assert.That(lines[0], Does.StartWith("id,createdAt,action,actorId"));
            Assert.That(lines, Has.Length.EqualTo(8));
            Assert.That(objects, Has.Count.EqualTo(7));
            Assert.That(objects.Select(o => (string?)o["action"]), Is.All.EqualTo("user.updated"));
            Assert.That(objects[0]["actor"]!["id"]!.GetValue<string>(), Is.EqualTo(root.UserId));
        });
        (await root.GetAsync("/admin/audit-log/export?format=xml")).ShouldFail(400, "validation_failed");
        (await root.GetAsync("/admin/audit-log/export?action=user.promoted")).ShouldFail(400, "validation_failed");
        Assert.That((await root.GetAsync("/admin/audit-log?action=auditLog.exported")).Items, Has.Count.EqualTo(2));
        Assert.That((bool?)(await root.GetAsync("/admin/audit-log/verify")).Data["valid"], Is.True);
    }

    private async Task<JsonNode> BreakAsync()
    {
        var answer = (await root.GetAsync("/admin/audit-log/verify")).ShouldSucceed();
        Assert.That((bool?)answer.Data["valid"], Is.False);
        return answer.Data["firstBreak"]!;
    }

    private async Task ShouldNameAsync(string id) => Assert.That((string?)(await BreakAsync())["id"], Is.EqualTo(id));

    private Task<List<AuditEntry>> OfFirstDayAsync() =>
        app.InspectAsync(async db =>
        {
            var day = await db.AuditEntries.MinAsync(e => e.Day);
            return await db.AuditEntries.AsNoTracking().Where(e => e.Day == day).OrderBy(e => e.Sequence).ToListAsync();
        });

    // The first, a middle and the last entry of a day, and the last of all.
    private async Task<List<AuditEntry>> SampleAsync()
    {
        var first = await OfFirstDayAsync();
        var last = await app.InspectAsync(db => db.AuditEntries.AsNoTracking().OrderByDescending(e => e.Id).FirstAsync());
        return [first[0], first[first.Count / 2], first[^1], last];
    }
}
