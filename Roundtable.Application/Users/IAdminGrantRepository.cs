namespace Roundtable.Application.Users;

/// <summary>Stores the addresses that were granted the configured role.</summary>
public interface IAdminGrantRepository
{
    /// <summary>Whether the address is already recorded.</summary>
    Task<bool> ExistsAsync(string normalizedEmail, CancellationToken ct);

    /// <summary>
    /// Records the address in the current transaction. Of parallel callers one succeeds; the others' units of work are retried.
    /// </summary>
    void Add(string normalizedEmail, DateTime nowUtc);
}
