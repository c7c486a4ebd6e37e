namespace Roundtable.Domain.Users;

/// <summary>
/// How somebody proves who they are, besides mail. A table of its own: the reads that every request makes never load it.
/// </summary>
public sealed class Credentials
{
    private readonly List<Passkey> passkeys = [];
    private readonly List<RecoveryCode> recoveryCodes = [];

    internal Credentials(string userId) => UserId = userId;

    private Credentials()
    {
    }

    public string UserId { get; private set; } = null!;

    public string? PasswordHash { get; private set; }

    /// <summary>Failed attempts since the last success; counted in the database, never in memory.</summary>
    public int FailedAttempts { get; private set; }

    public DateTime? LockedUntilUtc { get; private set; }

    public bool TwoFactorEnabled { get; private set; }

    /// <summary>The authenticator's shared secret, encrypted; present but unused until <see cref="TwoFactorEnabled"/>.</summary>
    public string? ProtectedTwoFactorSecret { get; private set; }

    /// <summary>The last 30-second step whose code was accepted: a code works once.</summary>
    public long LastTwoFactorStep { get; private set; }

    public IReadOnlyCollection<Passkey> Passkeys => passkeys;

    public IReadOnlyCollection<RecoveryCode> RecoveryCodes => recoveryCodes;

    public bool IsLocked(DateTime nowUtc) => LockedUntilUtc > nowUtc;

    public void SetPassword(string? hash)
    {
        PasswordHash = hash;
        Unlock();
    }

    /// <summary>Stores the same password under a newer hash; nothing that a user would notice changes.</summary>
    public void Rehash(string hash) => PasswordHash = hash;

    public void Unlock() => (FailedAttempts, LockedUntilUtc) = (0, null);

    // The steps of an earlier secret say nothing about this one's codes.
    public void PrepareTwoFactor(string protectedSecret) => (ProtectedTwoFactorSecret, LastTwoFactorStep) = (protectedSecret, 0);

    public void EnableTwoFactor(IEnumerable<string> recoveryCodeHashes)
    {
        TwoFactorEnabled = true;
        ReplaceRecoveryCodes(recoveryCodeHashes);
    }

    public void ReplaceRecoveryCodes(IEnumerable<string> hashes)
    {
        recoveryCodes.Clear();
        recoveryCodes.AddRange(hashes.Select(h => new RecoveryCode(UserId, h)));
    }

    public void DisableTwoFactor()
    {
        TwoFactorEnabled = false;
        ProtectedTwoFactorSecret = null;
        recoveryCodes.Clear();
    }

    public void AddPasskey(Passkey passkey) => passkeys.Add(passkey);

    public void RemovePasskey(Passkey passkey) => passkeys.Remove(passkey);

    /// <summary>Forgets every secret: what a stranger may have set before the address's owner came.</summary>
    public void Wipe()
    {
        SetPassword(null);
        DisableTwoFactor();
        passkeys.Clear();
    }
}
