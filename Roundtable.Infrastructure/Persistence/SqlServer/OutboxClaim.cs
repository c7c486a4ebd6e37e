using System.Text.Json;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

/// <summary>Takes messages of an outbox in one statement that waits for nobody: what another instance is taking is passed over.</summary>
internal static class OutboxClaim
{
    /// <param name="channel">The column that names a message's channel; null where there is one for all.</param>
    /// <param name="busy">Channels whose messages stay where they are.</param>
    public static SqlStatement Of(string table, string? channel, string owner, int max, DateTime nowUtc, TimeSpan lease, IReadOnlyCollection<string> busy)
    {
        List<SqlValue> values = [SqlValue.Key(owner), SqlValue.Time(nowUtc), SqlValue.Time(nowUtc + lease), SqlValue.Number(max)];
        var free = "";
        if (busy.Count > 0)
        {
            values.Add(SqlValue.Text(JsonSerializer.Serialize(busy)));
            free = $"""AND d."{channel}" NOT IN ({SqlDialect.Of(DatabaseProvider.SqlServer).IdsOf(SqlStatement.Parameter(values.Count))})""";
        }

        return new SqlStatement(
            $"""
            UPDATE m SET "Status" = '{OutboxStatus.Sending}', "LeaseOwner" = @u1, "LeasedUntilUtc" = @u3
            OUTPUT inserted.*
            FROM "{table}" m
            WHERE m."Id" IN (
                SELECT TOP (@u4) d."Id" FROM "{table}" d WITH (UPDLOCK, ROWLOCK, READPAST)
                WHERE ((d."Status" = '{OutboxStatus.Pending}' AND d."NextAttemptAtUtc" <= @u2) OR (d."Status" = '{OutboxStatus.Sending}' AND d."LeasedUntilUtc" <= @u2)) {free}
                ORDER BY d."NextAttemptAtUtc", d."Id")
            """,
            values);
    }
}
