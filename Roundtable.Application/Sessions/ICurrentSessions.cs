namespace Roundtable.Application.Sessions;

/// <summary>The check that every request begins with.</summary>
public interface ICurrentSessions
{
    /// <summary>
    /// The live session behind a cookie, with everything a request needs to know, in one query (two for an impersonation, which
    /// hangs on the admin's session); null when there is none. Sees what was committed last.
    /// </summary>
    /// <param name="keyHash">The hash of the cookie's secret.</param>
    Task<CurrentSession?> FindAsync(string keyHash, DateTime nowUtc, CancellationToken ct);
}
