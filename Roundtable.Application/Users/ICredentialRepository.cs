namespace Roundtable.Application.Users;

/// <summary>Updates credentials conditionally. Each update is one statement, so that parallel attempts cannot exceed a limit.</summary>
public interface ICredentialRepository
{
    /// <summary>
    /// Counts an attempt before it is checked; the last of <paramref name="limit"/> locks the account. Returns false, and counts
    /// nothing, while it is locked.
    /// </summary>
    Task<bool> TryAttemptAsync(string userId, int limit, TimeSpan lockFor, DateTime nowUtc, CancellationToken ct);

    /// <summary>Clears failed attempts after a successful one; returns false if the account does not exist.</summary>
    Task<bool> UnlockAsync(string userId, CancellationToken ct);

    /// <summary>Stores the same password under a newer hash; returns false if it was replaced in the meantime.</summary>
    Task<bool> RehashAsync(string userId, string oldHash, string newHash, CancellationToken ct);

    /// <summary>Records that someone other than the owner of the account's address may have set its credentials.</summary>
    Task MarkSetByOthersAsync(string userId, CancellationToken ct);

    /// <summary>Removes the external logins and their providers' tokens; returns false if there were no logins.</summary>
    Task<bool> RemoveLoginsAsync(string userId, CancellationToken ct);

    /// <summary>Removes the external logins that were connected after an id was created.</summary>
    Task RemoveLoginsConnectedAfterAsync(string userId, string id, CancellationToken ct);

    /// <summary>Consumes a code's time step; returns false if it or a later one was already used.</summary>
    Task<bool> TakeTwoFactorStepAsync(string userId, long step, CancellationToken ct);

    /// <summary>Consumes a recovery code; returns false if none has this hash.</summary>
    Task<bool> TakeRecoveryCodeAsync(string userId, string codeHash, CancellationToken ct);
}
