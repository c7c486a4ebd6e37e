using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>Reads what every request needs: the caller's session or API key, and one user.</summary>
internal sealed class HotReader(StatementRunner runner, SqlDialect sql, UserRead users, ReadAhead ahead, TimeProvider clock)
    : ICurrentSessions,
        IApiKeyReader,
        IUserReader
{
    public Task<CurrentSession?> FindAsync(string keyHash, DateTime nowUtc, CancellationToken ct) =>
        SessionRead
            .Of(sql, locked: false)
            .FindAsync(keyHash, nowUtc, statement =>
                sql.IsRemote ? ReadWithUserAsync(statement, nowUtc, ct) : runner.ReadAsync(statement, SessionRead.Map, ct)
            );

    public Task<ApiKeyCaller?> FindAsync(CallerCredential credential, DateTime nowUtc, CancellationToken ct) =>
        ApiKeyRead.FindAsync(sql, credential, locked: false, nowUtc, statement => runner.ReadAsync(statement, ApiKeyRead.Map, ct));

    public async Task<UserDto?> ReadAsync(string id, CancellationToken ct)
    {
        if (ahead.Take(id) is { } known)
        {
            return known;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        return await runner.ReadAsync(UserRead.Of(id), row => users.Map(row, now), ct) is [var user] ? user : null;
    }

    /// <summary>Reads a user, including the changes of a context's transaction.</summary>
    public async Task<UserDto?> ReadAsync(RoundtableDbContext db, string id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await StatementRunner.ReadAsync(db, UserRead.Of(id), row => users.Map(row, now), ct) is [var user] ? user : null;
    }

    // A request for the session is followed by one for the account.
    private async Task<List<SessionRow>> ReadWithUserAsync(SqlStatement session, DateTime nowUtc, CancellationToken ct)
    {
        var (rows, found) = await runner.ReadAsync(session, SessionRead.Map, UserRead.OfSession, row => users.Map(row, nowUtc), ct);
        found.ForEach(ahead.Keep);
        return rows;
    }
}
