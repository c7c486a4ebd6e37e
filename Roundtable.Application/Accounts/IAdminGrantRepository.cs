namespace Roundtable.Application.Accounts;

/// <summary>Which addresses were given the configured role.</summary>
public interface IAdminGrantRepository
{
    /// <summary>Records the address within the running transaction; false when it was recorded before. Of parallel callers one gets true.</summary>
    Task<bool> TryAddAsync(string normalizedEmail, DateTime nowUtc, CancellationToken ct);
}
