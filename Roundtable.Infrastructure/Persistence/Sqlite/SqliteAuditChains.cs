using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Audit;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>Writes entries and their chain's end by prepared statements, past the context, as no other row is written as often.</summary>
internal sealed class SqliteAuditChains : IAuditChains
{
    private const string EndSql = """SELECT "LastSequence", "LastHash" FROM "AuditChains" WHERE "Day" = ?1""";

    private const string MoveSql = """
        INSERT INTO "AuditChains" ("Day", "LastSequence", "LastHash") VALUES (?1, ?2, ?3)
        ON CONFLICT ("Day") DO UPDATE SET "LastSequence" = ?2, "LastHash" = ?3
        """;

    private const string EntrySql = """
        INSERT INTO "AuditEntries"
          ("Id", "CreatedAtUtc", "Action", "ActorId", "ActorEmail", "OnBehalfOfId", "OnBehalfOfEmail", "TargetType", "TargetId", "SubjectId",
           "IpAddress", "UserAgent", "RequestId", "Details", "Day", "Sequence", "PreviousHash", "Hash")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        """;

    private readonly AuditChains others = new(exclusive: true);

    public Task AppendAsync(RoundtableDbContext db, int day, IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        if (db.Database.GetDbConnection() is not PreparedSqliteConnection { IsInTransaction: true } connection)
        {
            return others.AppendAsync(db, day, entries, ct);
        }

        var chain = connection.Query(EndSql, [day], day, static (row, day) => AuditChain.Resume(day, row.Number(0), row.Text(1))) is [var known] ? known : AuditChain.Begin(day);
        foreach (var e in entries)
        {
            chain.Append(e);
            connection.Execute(
                EntrySql,
                [
                    e.Id, e.CreatedAtUtc, e.Action, e.ActorId, e.ActorEmail, e.OnBehalfOfId, e.OnBehalfOfEmail, e.TargetType, e.TargetId, e.SubjectId,
                    e.IpAddress, e.UserAgent, e.RequestId, e.Details, e.Day, e.Sequence, e.PreviousHash, e.Hash,
                ]);
        }

        connection.Execute(MoveSql, [day, chain.LastSequence, chain.LastHash]);
        return Task.CompletedTask;
    }
}
