using Roundtable.Domain.Common;

namespace Roundtable.Domain.Users;

/// <summary>A user's credentials besides e-mail. They have their own table, which per-request reads never load.</summary>
public sealed class Credentials
{
    /// <summary>In characters. The Base64 form of 512 bytes, the maximum for an imported hash, has 684.</summary>
    public const int PasswordHashMaxLength = 700;

    private readonly List<Passkey> passkeys = [];
    private readonly List<RecoveryCode> recoveryCodes = [];

    internal Credentials(string userId)
    {
        UserId = userId;
        ChangeSecurityStamp(null);
    }

    private Credentials() { }

    public string UserId { get; private set; } = null!;

    public string? PasswordHash { get; private set; }

    /// <summary>Identity's security stamp; it changes with the credentials. Tokens of Identity's default providers depend on it.</summary>
    public string? SecurityStamp { get; private set; }

    /// <summary>Failed attempts since the last success; counted in the database, never in memory.</summary>
    public int FailedAttempts { get; private set; }

    public DateTime? LockedUntilUtc { get; private set; }

    public bool TwoFactorEnabled { get; private set; }

    /// <summary>The authenticator's shared secret, encrypted; present but unused until <see cref="TwoFactorEnabled"/>.</summary>
    public string? ProtectedTwoFactorSecret { get; private set; }

    /// <summary>The last 30-second step whose code was accepted, since a code works only once.</summary>
    public long LastTwoFactorStep { get; private set; }

    /// <summary>
    /// Whether someone other than the proven owner of the address may have set a credential: an admin, an import, or the user before
    /// the account moved to an address that was proved elsewhere. Stays true until all credentials are removed.
    /// </summary>
    public bool SetByOthers { get; private set; }

    /// <summary>
    /// An <see cref="EntityId"/> created when the password was set. Ids order events even within a millisecond; null means long ago.
    /// </summary>
    public string? PasswordSetId { get; private set; }

    /// <summary>Like <see cref="PasswordSetId"/>, for enabling the second factor.</summary>
    public string? TwoFactorSetId { get; private set; }

    /// <summary>Like <see cref="PasswordSetId"/>, for creating the recovery codes.</summary>
    public string? RecoveryCodesSetId { get; private set; }

    /// <summary>The session that started the second-factor setup; only that session can confirm it.</summary>
    public string? TwoFactorSetupSessionId { get; private set; }

    public IReadOnlyCollection<Passkey> Passkeys => passkeys;

    public IReadOnlyCollection<RecoveryCode> RecoveryCodes => recoveryCodes;

    public bool IsLocked(DateTime nowUtc) => LockedUntilUtc > nowUtc;

    /// <param name="setId">An id created now; null if the time is never needed.</param>
    /// <param name="byOthers">Whether someone other than the owner of the address sets it.</param>
    public void SetPassword(string? hash, string? setId = null, bool byOthers = false)
    {
        PasswordHash = hash;
        PasswordSetId = setId;
        SetByOthers |= byOthers;
        ChangeSecurityStamp(null);
        Unlock();
    }

    /// <summary>Records that someone other than the owner of the address may have set a credential.</summary>
    public void MarkSetByOthers() => SetByOthers = true;

    /// <param name="stamp">Null to generate one.</param>
    public void ChangeSecurityStamp(string? stamp) => SecurityStamp = stamp ?? Guid.NewGuid().ToString("N");

    /// <summary>Stores the same password under a newer hash; not noticeable to the user.</summary>
    public void Rehash(string hash) => PasswordHash = hash;

    public void Unlock() => (FailedAttempts, LockedUntilUtc) = (0, null);

    public void LockUntil(DateTime? untilUtc) => LockedUntilUtc = untilUtc;

    public void CountFailures(int failures) => FailedAttempts = failures;

    // The last step of an earlier secret does not apply to this secret's codes.
    public void PrepareTwoFactor(string protectedSecret, string? sessionId = null) =>
        (ProtectedTwoFactorSecret, TwoFactorSetupSessionId, LastTwoFactorStep) = (protectedSecret, sessionId, 0);

    public void EnableTwoFactor(IEnumerable<string> recoveryCodeHashes, string? setId = null)
    {
        TwoFactorEnabled = true;
        TwoFactorSetId = setId;
        TwoFactorSetupSessionId = null;
        ChangeSecurityStamp(null);
        ReplaceRecoveryCodes(recoveryCodeHashes, setId);
    }

    public void ReplaceRecoveryCodes(IEnumerable<string> hashes, string? setId = null)
    {
        RecoveryCodesSetId = setId;
        recoveryCodes.Clear();
        recoveryCodes.AddRange(hashes.Select(h => new RecoveryCode(UserId, h)));
    }

    /// <summary>Consumes a recovery code; returns false if none has this hash.</summary>
    public bool TakeRecoveryCode(string hash) => recoveryCodes.RemoveAll(r => r.CodeHash == hash) == 1;

    /// <summary>Enables two-factor sign-in with the prepared secret and existing recovery codes, or disables it and removes both.</summary>
    public void SwitchTwoFactor(bool on, string? setId = null)
    {
        if (!on)
        {
            DisableTwoFactor();
        }
        else if (ProtectedTwoFactorSecret is null)
        {
            throw new InvalidOperationException("No authenticator key is set. Reset the key first.");
        }
        else
        {
            (TwoFactorEnabled, TwoFactorSetId, TwoFactorSetupSessionId) = (true, setId, null);
        }
    }

    public void DisableTwoFactor()
    {
        TwoFactorEnabled = false;
        ChangeSecurityStamp(null);
        (ProtectedTwoFactorSecret, TwoFactorSetupSessionId) = (null, null);
        (TwoFactorSetId, RecoveryCodesSetId) = (null, null);
        recoveryCodes.Clear();
    }

    /// <summary>
    /// Merges additions from another copy of the same credentials. That copy may be partially loaded, so nothing missing from it is
    /// removed, except recovery codes that were replaced there.
    /// </summary>
    public void TakeSetsOf(Credentials other, bool codesWereReplaced)
    {
        passkeys.AddRange(other.passkeys.Where(o => !passkeys.Exists(p => p.Id == o.Id)).ToList());
        if (codesWereReplaced)
        {
            recoveryCodes.RemoveAll(r => !other.recoveryCodes.Exists(o => o.CodeHash == r.CodeHash));
            recoveryCodes.AddRange(other.recoveryCodes.Where(o => !recoveryCodes.Exists(r => r.CodeHash == o.CodeHash)).ToList());
        }
    }

    public void AddPasskey(Passkey passkey) => passkeys.Add(passkey);

    public void RemovePasskey(Passkey passkey) => passkeys.Remove(passkey);

    public void RemovePasskeys() => passkeys.Clear();

    /// <summary>Removes every credential that others may have set before the owner of the address arrived.</summary>
    public void Wipe()
    {
        SetPassword(null);
        DisableTwoFactor();
        passkeys.Clear();
        SetByOthers = false;
    }

    /// <summary>Removes credentials that were set after a moment; older ones stay.</summary>
    /// <param name="momentId">An <see cref="EntityId"/> of that moment.</param>
    public void RemoveSetAfter(string momentId)
    {
        if (IsAfter(PasswordSetId, momentId))
        {
            SetPassword(null);
        }

        if (!TwoFactorEnabled || IsAfter(TwoFactorSetId, momentId))
        {
            DisableTwoFactor();
        }
        else if (IsAfter(RecoveryCodesSetId, momentId))
        {
            ReplaceRecoveryCodes([]);
        }

        passkeys.RemoveAll(p => IsAfter(p.Id, momentId));
    }

    private static bool IsAfter(string? id, string momentId) => string.CompareOrdinal(id, momentId) > 0;
}
