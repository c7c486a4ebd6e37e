using Roundtable.Application.Common;

namespace Roundtable.Application.Sessions;

/// <summary>Reads the session at the start of every request.</summary>
public interface ICurrentSessions
{
    /// <summary>
    /// Finds the live session of a cookie, with everything a request needs, in one query (two for an impersonation, which depends on
    /// the admin's session); null if there is none. Reads the latest committed data.
    /// </summary>
    /// <param name="keyHash">The hash of the cookie's secret.</param>
    Task<CurrentSession?> FindAsync(string keyHash, DateTime nowUtc, CancellationToken ct);
}
