using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>The reads of every page view, through EF Core. SQLite has statements of its own for them; a test holds both to the same answers.</summary>
internal sealed class QueriedReads(RoundtableDbContext db, UserProjection users, TimeProvider clock) : ICurrentSessions, IUserReader
{
    public async Task<CurrentSession?> FindAsync(string keyHash, DateTime nowUtc, CancellationToken ct) => await CurrentSessionQuery.FindAsync(
        await CurrentSessionQuery.ByKeyAsync(db, keyHash, nowUtc, ct), id => CurrentSessionQuery.ByIdAsync(db, id, nowUtc, ct));

    public Task<UserDto?> ReadAsync(string id, CancellationToken ct) => ReadUserAsync(db, users, id, clock.GetUtcNow().UtcDateTime, ct);

    /// <summary>With what the context's transaction has changed.</summary>
    public static Task<UserDto?> ReadUserAsync(RoundtableDbContext db, UserProjection users, string id, DateTime nowUtc, CancellationToken ct) =>
        users.Of(db.Users.AsNoTracking().Where(u => u.Id == id), nowUtc).FirstOrDefaultAsync(ct);
}
