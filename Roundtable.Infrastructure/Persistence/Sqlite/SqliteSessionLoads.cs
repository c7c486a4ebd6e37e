using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Sessions;
using Roundtable.Infrastructure.Persistence.Repositories;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Reads on the connection that writes: units of work that share a commit see each other there before anybody else sees them. Nobody writes meanwhile.
/// </summary>
internal sealed class SqliteSessionLoads : ISessionLoads
{
    public async Task<CurrentSession?> ByKeyAsync(RoundtableDbContext db, string keyHash, DateTime nowUtc, CancellationToken ct) =>
        db.Database.GetDbConnection() is PreparedSqliteConnection { IsInTransaction: true } connection
            ? Find(connection, keyHash, nowUtc)
            : await CurrentSessionQuery.FindAsync(
                await CurrentSessionQuery.ByKeyAsync(db, keyHash, nowUtc, ct), id => CurrentSessionQuery.ByIdAsync(db, id, nowUtc, ct));

    private static CurrentSession? Find(PreparedSqliteConnection connection, string keyHash, DateTime nowUtc)
    {
        var rows = Rows(connection, SqliteReads.SessionByKeySql, keyHash, nowUtc);
        return rows is [{ ImpersonatorSessionId: { } admins }, ..]
            ? CurrentSessionQuery.Impersonated(rows, Rows(connection, SqliteReads.SessionByIdSql, admins, nowUtc))
            : CurrentSessionQuery.Assemble(rows);
    }

    private static List<CurrentSessionQuery.Row> Rows(PreparedSqliteConnection connection, string sql, string key, DateTime nowUtc) =>
        connection.Query(sql, [key, nowUtc], 0, static (row, _) => SqliteReads.SessionOf(row));
}
