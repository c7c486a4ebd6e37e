namespace Roundtable.Application.Accounts;

/// <summary>Conditional updates of credentials: each is one statement, so that of many parallel attempts only so many pass.</summary>
public interface ICredentialRepository
{
    /// <summary>
    /// Counts an attempt before it is checked; the last of <paramref name="limit"/> locks. False while locked, and nothing is counted.
    /// </summary>
    Task<bool> TryAttemptAsync(string userId, int limit, TimeSpan lockFor, DateTime nowUtc, CancellationToken ct);

    /// <summary>Forgets failed attempts, after a right one; false when there is no such account.</summary>
    Task<bool> UnlockAsync(string userId, CancellationToken ct);

    /// <summary>Stores the same password under a newer hash; false when it was replaced meanwhile.</summary>
    Task<bool> RehashAsync(string userId, string oldHash, string newHash, CancellationToken ct);

    /// <summary>Records that somebody other than the owner of the account's address may have set what stands there.</summary>
    Task MarkSetByOthersAsync(string userId, CancellationToken ct);

    /// <summary>Removes the external logins, and the tokens of their providers.</summary>
    Task RemoveLoginsAsync(string userId, CancellationToken ct);

    /// <summary>Takes a code's step; false when it or a later one was used already.</summary>
    Task<bool> TakeTwoFactorStepAsync(string userId, long step, CancellationToken ct);

    /// <summary>Takes a recovery code; false when there is none with this hash.</summary>
    Task<bool> TakeRecoveryCodeAsync(string userId, string codeHash, CancellationToken ct);
}
