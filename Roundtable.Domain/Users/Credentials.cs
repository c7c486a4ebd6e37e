using Roundtable.Domain.Common;

namespace Roundtable.Domain.Users;

/// <summary>
/// How somebody proves who they are, besides mail. A table of its own: the reads that every request makes never load it.
/// </summary>
public sealed class Credentials
{
    /// <summary>In characters. Base64 of 512 bytes, as much as an imported hash may have, is 684.</summary>
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

    /// <summary>
    /// Identity's: another one after each change of what proves the user. Tokens of Identity's default providers depend on it.
    /// </summary>
    public string? SecurityStamp { get; private set; }

    /// <summary>Failed attempts since the last success; counted in the database, never in memory.</summary>
    public int FailedAttempts { get; private set; }

    public DateTime? LockedUntilUtc { get; private set; }

    public bool TwoFactorEnabled { get; private set; }

    /// <summary>The authenticator's shared secret, encrypted; present but unused until <see cref="TwoFactorEnabled"/>.</summary>
    public string? ProtectedTwoFactorSecret { get; private set; }

    /// <summary>The last 30-second step whose code was accepted: a code works once.</summary>
    public long LastTwoFactorStep { get; private set; }

    /// <summary>
    /// Whether somebody other than the proven owner of the address may have set a credential: an admin, an import, or the account
    /// before it moved to an address that was proved elsewhere. Stays until all of them are removed.
    /// </summary>
    public bool SetByOthers { get; private set; }

    /// <summary>
    /// An <see cref="EntityId"/> of the moment in which the password was set. Ids order events even within a millisecond; null is long ago.
    /// </summary>
    public string? PasswordSetId { get; private set; }

    /// <summary>As <see cref="PasswordSetId"/>, of turning the second factor on.</summary>
    public string? TwoFactorSetId { get; private set; }

    /// <summary>As <see cref="PasswordSetId"/>, of creating the recovery codes.</summary>
    public string? RecoveryCodesSetId { get; private set; }

    /// <summary>The session that began to set up the second factor; only that session can confirm it.</summary>
    public string? TwoFactorSetupSessionId { get; private set; }

    public IReadOnlyCollection<Passkey> Passkeys => passkeys;

    public IReadOnlyCollection<RecoveryCode> RecoveryCodes => recoveryCodes;

    public bool IsLocked(DateTime nowUtc) => LockedUntilUtc > nowUtc;

    /// <param name="setId">An id of this moment; null where nobody will ask when it was.</param>
    /// <param name="byOthers">Whether somebody other than the owner of the address sets it.</param>
    public void SetPassword(string? hash, string? setId = null, bool byOthers = false)
    {
        PasswordHash = hash;
        PasswordSetId = setId;
        SetByOthers |= byOthers;
        ChangeSecurityStamp(null);
        Unlock();
    }

    /// <param name="stamp">Null for one of its own.</param>
    public void ChangeSecurityStamp(string? stamp) => SecurityStamp = stamp ?? Guid.NewGuid().ToString("N");

    /// <summary>Stores the same password under a newer hash; nothing that a user would notice changes.</summary>
    public void Rehash(string hash) => PasswordHash = hash;

    public void Unlock() => (FailedAttempts, LockedUntilUtc) = (0, null);

    public void LockUntil(DateTime? untilUtc) => LockedUntilUtc = untilUtc;

    public void CountFailures(int failures) => FailedAttempts = failures;

    // The steps of an earlier secret say nothing about this one's codes.
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

    /// <summary>Uses a recovery code up; false when there is none with this hash.</summary>
    public bool TakeRecoveryCode(string hash) => recoveryCodes.RemoveAll(r => r.CodeHash == hash) == 1;

    /// <summary>On, with the secret that was prepared and the recovery codes that there are; off, without either.</summary>
    public void SwitchTwoFactor(bool on, string? setId = null)
    {
        if (!on)
        {
            DisableTwoFactor();
        }
        else if (ProtectedTwoFactorSecret is null)
        {
            throw new InvalidOperationException("There is no authenticator key to ask for: reset it first.");
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
    /// Takes over what another copy of the same credentials has more. What it lacks it need not have been loaded with: only recovery codes
    /// that were replaced there go.
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

    /// <summary>Removes every credential: what others may have set before the owner of the address came.</summary>
    public void Wipe()
    {
        SetPassword(null);
        DisableTwoFactor();
        passkeys.Clear();
        SetByOthers = false;
    }

    /// <summary>Removes what was set after a moment; what was there before stays.</summary>
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
