using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

/// <summary>Claims messages of an outbox in one statement that never waits: it skips messages that another instance is claiming.</summary>
internal static class OutboxClaim
{
    public static async Task<IReadOnlyList<TMessage>> RunAsync<TMessage>(
        RoundtableDbContext db,
        string? channel,
        string owner,
        int max,
        DateTime nowUtc,
        TimeSpan lease,
        IReadOnlyCollection<string> busy,
        CancellationToken ct
    )
        where TMessage : OutboxMessage
    {
        var claim = Of(db.Set<TMessage>().EntityType.GetTableName()!, channel, owner, max, nowUtc, lease, busy);
        var messages = await db.Set<TMessage>()
            .FromSqlRaw(claim.Text, StatementRunner.Parameters(db, claim))
            .AsNoTracking()
            .ToListAsync(ct);
        return [.. messages.OrderBy(m => m.NextAttemptAtUtc).ThenBy(m => m.Id, StringComparer.Ordinal)];
    }

    /// <param name="channel">The column that names a message's channel; null if all messages share one.</param>
    /// <param name="busy">Channels whose messages are not claimed.</param>
    public static SqlStatement Of(
        string table,
        string? channel,
        string owner,
        int max,
        DateTime nowUtc,
        TimeSpan lease,
        IReadOnlyCollection<string> busy
    )
    {
        List<SqlValue> values = [SqlValue.Key(owner), SqlValue.Time(nowUtc), SqlValue.Time(nowUtc + lease), SqlValue.Number(max)];
        var free = "";
        if (busy.Count > 0)
        {
            values.Add(SqlValue.Text(JsonSerializer.Serialize(busy)));
            free =
                $"""AND d."{channel}" NOT IN ({SqlDialect.Of(DatabaseProvider.SqlServer).IdsOf(SqlStatement.Parameter(values.Count))})""";
        }

        return new SqlStatement(
            $"""
            UPDATE m SET "Status" = '{OutboxStatus.Sending}', "LeaseOwner" = @u1, "LeasedUntilUtc" = @u3
            OUTPUT inserted.*
            FROM "{table}" m
            WHERE m."Id" IN (
                SELECT TOP (@u4) d."Id" FROM "{table}" d WITH (UPDLOCK, ROWLOCK, READPAST)
                WHERE ((d."Status" = '{OutboxStatus.Pending}' AND d."NextAttemptAtUtc" <= @u2)
                    OR (d."Status" = '{OutboxStatus.Sending}' AND d."LeasedUntilUtc" <= @u2)) {free}
                ORDER BY d."NextAttemptAtUtc", d."Id")
            """,
            values
        );
    }
}
