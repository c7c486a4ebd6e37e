using Roundtable.Application.Sessions;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Reads the caller's session within the running write transaction.</summary>
internal interface ISessionLoads
{
    /// <summary>
    /// As <see cref="ICurrentSessions.FindAsync"/>, but with what the transaction itself sees. What would end or demote the session waits for the
    /// transaction's end, or was there before.
    /// </summary>
    Task<CurrentSession?> ByKeyAsync(RoundtableDbContext db, string keyHash, DateTime nowUtc, CancellationToken ct);
}
