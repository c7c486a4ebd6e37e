using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Audit;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>Audit entries are stored as recorded, in one chain.</summary>
internal sealed class AuditLinkerTests
{
    private static readonly DateTime Then = new DateTime(2020, 5, 6, 7, 8, 9, DateTimeKind.Utc).AddTicks(1234567);

    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.Start(("Database:Provider", "Sqlite"));

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task ConcurrentEntries_AreStored_InOneChain()
    {
        List<AuditEntry> entries = [.. Enumerable.Range(0, 5).Select(i => Entry(i == 3))];
        await AppendAsync(entries[0]);
        await AppendAsync(entries[1], entries[2]);
        await AppendAsync(entries[3]);
        await AppendAsync(entries[4]);

        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        var rows = await db.AuditEntries.AsNoTracking().Where(e => e.Day == 20200506).OrderBy(e => e.Sequence).ToListAsync();
        Assert.That(rows.Select(r => Values(db, r)), Is.EqualTo(entries.Select(e => Values(db, e))));
        Assert.That(Values(db, rows[1]), Has.None.EndsWith("="), "every column has a value");
        Assert.That(rows.Select(r => r.Sequence), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That(rows.Skip(1).Select(r => r.PreviousHash), Is.EqualTo(rows.SkipLast(1).Select(r => r.Hash)));
        Assert.That(rows.All(r => r.IsIntact()), Is.True);
        var chain = await db.AuditChains.AsNoTracking().SingleAsync(c => c.Day == 20200506);
        Assert.That((chain.LastSequence, chain.LastHash, chain.RemovedAtUtc), Is.EqualTo((5, rows[4].Hash, (DateTime?)null)));
    }

    private static AuditEntry Entry(bool sparse) =>
        AuditEntry.Record(
            "user.updated",
            sparse
                ? new AuditActor(null, null, null, null, null)
                : new AuditActor("actor", "a@example.com", "203.0.113.7", "Agent ü", "request:1")
                {
                    OnBehalfOfId = "behalf",
                    OnBehalfOfEmail = "b@example.com",
                    Name = "Sync ü",
                    ApiKeyId = "key",
                },
            "user",
            "target",
            sparse ? null : "subject",
            """{"a":"ü"}""",
            Then
        );

    private static List<string> Values(RoundtableDbContext db, AuditEntry entry) =>
        [
            .. db
                .Model.FindEntityType(typeof(AuditEntry))!
                .GetProperties()
                .Select(p => (p.Name, Value: p.PropertyInfo!.GetValue(entry)))
                .Select(p => $"{p.Name}={(p.Value is DateTime time ? $"{time.Ticks} {time.Kind}" : p.Value)}"),
        ];

    private async Task AppendAsync(params IReadOnlyList<AuditEntry> entries)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result>(
                async _ =>
                {
                    db.NewAuditEntries.AddRange(entries);
                    return Result.Success;
                },
                default
            );
    }
}
