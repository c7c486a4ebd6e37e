using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Repositories;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Tests.Email;

/// <summary>The outbox's rules on a real database file.</summary>
public sealed class OutboxStoreTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 19, 32, 0, DateTimeKind.Utc);

    private TestEnvironment environment = null!;

    [SetUp]
    public async Task SetUp()
    {
        environment = new TestEnvironment();
        await using var db = Open();
        await db.Database.EnsureCreatedAsync();
    }

    [TearDown]
    public void TearDown()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        environment.Dispose();
    }

    [Test]
    public async Task Claim_LeasesTheOldestDueMails()
    {
        var later = await Add(Now);
        var first = await Add(Now.AddMinutes(-2));
        var second = await Add(Now.AddMinutes(-1));
        await Add(Now.AddSeconds(1));

        var claimed = await Store(s => s.ClaimAsync("a", 2, Now, OutboxTiming.Lease, [], default));
        Assert.That(claimed.Select(m => m.Id), Is.EqualTo(new[] { first, second }));
        Assert.That(
            claimed,
            Has.All.Matches<OutboxMail>(m =>
                m is { Status: OutboxStatus.Sending, LeaseOwner: "a", ProtectedContent: "secret" }
                && m.LeasedUntilUtc == Now + OutboxTiming.Lease
            )
        );
        Assert.That(
            (await Store(s => s.ClaimAsync("b", 9, Now, OutboxTiming.Lease, [], default))).Select(m => m.Id),
            Is.EqualTo(new[] { later })
        );
    }

    [Test]
    public async Task Claim_TakesOverExpiredLeases_AndTheFirstOwnerCanNoLongerMark()
    {
        var id = await Add(Now);
        await Store(s => s.ClaimAsync("a", 1, Now, OutboxTiming.Lease, [], default));
        Assert.That(
            await Store(s => s.ClaimAsync("b", 1, Now + OutboxTiming.Lease - TimeSpan.FromSeconds(1), OutboxTiming.Lease, [], default)),
            Is.Empty
        );
        Assert.That(
            await Store(s => s.ClaimAsync("b", 1, Now + OutboxTiming.Lease, OutboxTiming.Lease, [], default)),
            Has.Count.EqualTo(1)
        );
        Assert.That(await Store(s => s.MarkSentAsync([id], "a", Now, default)), Is.Empty);
        Assert.That(await Store(s => s.MarkFailedAttemptAsync(id, "a", new(DeliveryErrorCode.Other, "no"), null, default)), Is.False);
        Assert.That(await Store(s => s.MarkSentAsync([id], "b", Now, default)), Is.EqualTo(new[] { id }));
        Assert.That(await Store(s => s.MarkSentAsync([id], "b", Now, default)), Is.Empty);
    }

    [Test]
    public async Task MarkSent_ErasesTheContent_WhenTheLeaseIsHeld()
    {
        var id = await Add(Now);
        await Store(s => s.ClaimAsync("a", 1, Now, OutboxTiming.Lease, [], default));
        await Store(s => s.MarkSentAsync([id], "a", Now.AddSeconds(1), default));
        var row = await Row(id);
        Assert.That(
            (row.Status, row.Attempts, row.ProtectedContent, row.SentAtUtc),
            Is.EqualTo((OutboxStatus.Sent, 1, (string?)null, (DateTime?)Now.AddSeconds(1)))
        );
        Assert.That(
            (row.LeaseOwner, row.LeasedUntilUtc, row.NextAttemptAtUtc),
            Is.EqualTo(((string?)null, (DateTime?)null, (DateTime?)null))
        );
    }

    [Test]
    public async Task MarkFailedAttempt_SchedulesARetryOrFails()
    {
        var id = await Add(Now);
        await Store(s => s.ClaimAsync("a", 1, Now, OutboxTiming.Lease, [], default));
        await Store(s => s.MarkFailedAttemptAsync(id, "a", new(DeliveryErrorCode.ServerError, "no"), Now.AddSeconds(10), default));
        var row = await Row(id);
        Assert.That(
            (row.Status, row.Attempts, row.LastError, row.LastErrorCode, row.NextAttemptAtUtc),
            Is.EqualTo((OutboxStatus.Pending, 1, "no", (DeliveryErrorCode?)DeliveryErrorCode.ServerError, (DateTime?)Now.AddSeconds(10)))
        );

        await Store(s => s.ClaimAsync("a", 1, Now.AddSeconds(10), OutboxTiming.Lease, [], default));
        await Store(s => s.MarkFailedAttemptAsync(id, "a", new(DeliveryErrorCode.Rejected, "never"), null, default));
        row = await Row(id);
        Assert.That(
            (row.Status, row.Attempts, row.LastError, row.LastErrorCode, row.NextAttemptAtUtc),
            Is.EqualTo((OutboxStatus.Failed, 2, "never", (DeliveryErrorCode?)DeliveryErrorCode.Rejected, (DateTime?)null))
        );
        Assert.That(row.ProtectedContent, Is.EqualTo("secret"));
        Assert.That(await Store(s => s.ClaimAsync("a", 1, Now.AddYears(1), OutboxTiming.Lease, [], default)), Is.Empty);
    }

    [Test]
    public async Task Release_ReleasesOnlyTheOwnersLeases()
    {
        await Add(Now);
        await Add(Now);
        var mine = (await Store(s => s.ClaimAsync("a", 1, Now, OutboxTiming.Lease, [], default))).Single().Id;
        await Store(s => s.ClaimAsync("b", 1, Now, OutboxTiming.Lease, [], default));
        await Store(async s =>
        {
            await s.ReleaseAsync("a", default);
            return true;
        });
        Assert.That(
            (await Store(s => s.ClaimAsync("c", 9, Now, OutboxTiming.Lease, [], default))).Select(m => m.Id),
            Is.EqualTo(new[] { mine })
        );
    }

    [Test]
    public async Task Claim_LeasesEachRowOnce_WithParallelCallers()
    {
        for (var i = 0; i < 40; i++)
        {
            await Add(Now);
        }

        var claims = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(worker =>
                    Task.Run(async () =>
                    {
                        var ids = new List<string>();
                        while (
                            await Store(s => s.ClaimAsync($"worker{worker}", 4, Now, OutboxTiming.Lease, [], default))
                                is { Count: > 0 } batch
                        )
                        {
                            ids.AddRange(batch.Select(m => m.Id));
                        }

                        return ids;
                    })
                )
        );
        var all = claims.SelectMany(c => c).ToList();
        Assert.That(all, Is.Unique);
        Assert.That(await Store(s => s.ClaimAsync("last", 100, Now, OutboxTiming.Lease, [], default)), Has.Count.EqualTo(40 - all.Count));
    }

    private static OutboxStore<OutboxMail> NewStore(RoundtableDbContext db) =>
        new(
            db,
            new TransactionRunner(
                db,
                new SqliteErrors(),
                new WriteCoordinator(DatabaseProvider.Sqlite, null),
                new ReadAhead(),
                NullLogger<TransactionRunner>.Instance
            )
        );

    private SqliteRoundtableDbContext Open() =>
        new(
            new DbContextOptionsBuilder<SqliteRoundtableDbContext>()
                .UseSqlite($"Data Source={Path.Combine(environment.ContentRootPath, "outbox.db")}")
                .Options
        );

    private async Task<string> Add(DateTime dueUtc)
    {
        await using var db = Open();
        var mail = OutboxMail.Create(EntityId.New(dueUtc), null, "a***@example.com", "magic-link", "secret", dueUtc);
        NewStore(db).Add(mail);
        await db.SaveChangesAsync();
        return mail.Id;
    }

    private async Task<OutboxMail> Row(string id)
    {
        await using var db = Open();
        return await db.OutboxMails.SingleAsync(m => m.Id == id);
    }

    private async Task<T> Store<T>(Func<OutboxStore<OutboxMail>, Task<T>> access)
    {
        await using var db = Open();
        return await access(NewStore(db));
    }
}
