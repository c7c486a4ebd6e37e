namespace Roundtable.Application.Accounts;

/// <summary>Which addresses were given the configured role.</summary>
public interface IAdminGrantRepository
{
    /// <summary>Whether the address was recorded before.</summary>
    Task<bool> ExistsAsync(string normalizedEmail, CancellationToken ct);

    /// <summary>
    /// Records the address within the running transaction. Of parallel callers one succeeds; the others' units of work are repeated.
    /// </summary>
    void Add(string normalizedEmail, DateTime nowUtc);
}
