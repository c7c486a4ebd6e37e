using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Audit;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.SqlServer;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>Inspects the database for operators. Reads are cheap and use an index, unless documented otherwise.</summary>
public sealed class DatabaseInspection(RoundtableDbContext db, TimeProvider clock)
{
    public DatabaseProvider Provider => db.Database.IsSqlite() ? DatabaseProvider.Sqlite : DatabaseProvider.SqlServer;

    /// <summary>The SQLite file; null for SQL Server.</summary>
    public string? File =>
        Provider == DatabaseProvider.Sqlite ? new SqliteConnectionStringBuilder(db.Database.GetConnectionString()!).DataSource : null;

    /// <summary>The database engine; for SQLite, which is part of the program, with its version.</summary>
    public static string Engine(DatabaseProvider provider) =>
        provider == DatabaseProvider.Sqlite ? $"SQLite {SqliteLibrary.Version}" : "SQL Server";

    /// <summary>Measures a connection and a minimal query.</summary>
    public async Task<TimeSpan> PingAsync(CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        await db.Roles.AnyAsync(ct);
        return clock.GetElapsedTime(started);
    }

    /// <summary>The newest applied migration, and the number of pending ones.</summary>
    public async Task<(string? Applied, int Pending)> SchemaAsync(CancellationToken ct)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        return (applied.LastOrDefault(), db.Database.GetMigrations().Except(applied, StringComparer.Ordinal).Count());
    }

    /// <summary>Whether readers never wait for writers: always true on SQLite, on SQL Server with READ_COMMITTED_SNAPSHOT.</summary>
    public async Task<bool> ReadsSnapshotsAsync(CancellationToken ct) =>
        Provider == DatabaseProvider.Sqlite || await SqlServerInspection.ReadsSnapshotsAsync(db, ct);

    /// <summary>Damage that the database finds in itself; always empty on SQL Server, which checks itself. Reads the whole file.</summary>
    public Task<IReadOnlyList<string>> FindDamageAsync(CancellationToken ct) =>
        Provider == DatabaseProvider.Sqlite ? SqliteInspection.FindDamageAsync(db, ct) : Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>
    /// A time to compare the clock with: the database server's, or on SQLite, which has none, the time of the newest audit entry; null if
    /// there is none.
    /// </summary>
    public async Task<DateTime?> ReferenceTimeAsync(CancellationToken ct) =>
        Provider == DatabaseProvider.Sqlite
            ? await db.AuditEntries.OrderByDescending(e => e.Id).Select(e => (DateTime?)e.CreatedAtUtc).FirstOrDefaultAsync(ct)
            : await SqlServerInspection.TimeAsync(db, ct);

    /// <summary>Whether a user who is not banned has role <c>admin</c>.</summary>
    public Task<bool> HasAdminAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db
            .UserRoles.Where(r => r.RoleName == Role.AdminName)
            .Join(db.Users, r => r.UserId, u => u.Id, (_, u) => u.BannedUntilUtc)
            .AnyAsync(until => until == null || until <= now, ct);
    }

    /// <summary>The normalised addresses of at most 100 admins who have signed in and are not banned.</summary>
    public async Task<IReadOnlyList<string>> ActiveAdminsAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db
            .UserRoles.Where(r => r.RoleName == Role.AdminName)
            .Join(db.Users, r => r.UserId, u => u.Id, (_, u) => u)
            .Where(u => (u.BannedUntilUtc == null || u.BannedUntilUtc <= now) && u.LastSeenOrEpochUtc != User.NeverSeen)
            .OrderBy(u => u.Id)
            .Select(u => u.NormalizedEmail)
            .Take(100)
            .ToListAsync(ct);
    }

    /// <summary>When the command <c>backup</c> was last used on this database; null for never.</summary>
    public Task<DateTime?> LastBackupAsync(CancellationToken ct) =>
        db
            .AuditEntries.Where(e => e.Action == AuditActions.DatabaseBackedUp)
            .OrderByDescending(e => e.Id)
            .Select(e => (DateTime?)e.CreatedAtUtc)
            .FirstOrDefaultAsync(ct);

    /// <summary>The last UTC day on which the metric was counted; null for never.</summary>
    public async Task<DateOnly?> LastCountedAsync(Metric metric, CancellationToken ct) =>
        await db.DailyCounts.Where(c => c.Metric == metric).MaxAsync(c => (int?)c.Day, ct) is { } day
            ? new DateOnly(day / 10_000, day / 100 % 100, day % 100)
            : null;

    public async Task<OutboxFigures> OutboxAsync(CancellationToken ct) =>
        new(
            await db.OutboxMails.CountAsync(m => m.Status == OutboxStatus.Pending, ct)
                + await db.OutboxMails.CountAsync(m => m.Status == OutboxStatus.Sending, ct),
            await db.OutboxMails.CountAsync(m => m.Status == OutboxStatus.Failed, ct),
            Age(await OldestAsync(OutboxStatus.Pending, ct), await OldestAsync(OutboxStatus.Sending, ct))
        );

    /// <summary>Counts the sessions that are valid now, ignoring bans. Reads as many index entries as it counts.</summary>
    public Task<int> CountLiveSessionsAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.Sessions.CountAsync(s => s.EndedAtUtc == null && s.ExpiresAtUtc > now, ct);
    }

    private Task<DateTime?> OldestAsync(OutboxStatus status, CancellationToken ct) =>
        db.OutboxMails.Where(m => m.Status == status).OrderBy(m => m.Id).Select(m => (DateTime?)m.CreatedAtUtc).FirstOrDefaultAsync(ct);

    private TimeSpan Age(params ReadOnlySpan<DateTime?> written)
    {
        var oldest = clock.GetUtcNow().UtcDateTime;
        foreach (var time in written)
        {
            oldest = time < oldest ? time.Value : oldest;
        }

        return clock.GetUtcNow().UtcDateTime - oldest;
    }
}

/// <summary>The state of the outbox.</summary>
/// <param name="Waiting">Mails that are pending or being sent.</param>
/// <param name="Failed">Mails that failed permanently.</param>
/// <param name="OldestAge">The age of the oldest waiting mail; zero if there is none.</param>
public sealed record OutboxFigures(int Waiting, int Failed, TimeSpan OldestAge);
