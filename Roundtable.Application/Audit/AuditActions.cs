using System.Collections.Frozen;
using System.Reflection;

namespace Roundtable.Application.Audit;

/// <summary>
/// All actions that the audit log records. A feature of the product declares its own in a file beside this one,
/// <c>AuditActions.&lt;Feature&gt;.cs</c>.
/// </summary>
public static partial class AuditActions
{
    public const string MagicLinkRequested = "magicLink.requested";
    public const string MagicLinkRedeemed = "magicLink.redeemed";
    public const string UserCreated = "user.created";
    public const string UserUpdated = "user.updated";
    public const string UserBanned = "user.banned";
    public const string UserUnbanned = "user.unbanned";
    public const string UserRolesChanged = "user.rolesChanged";
    public const string UserClaimed = "user.claimed";
    public const string EmailVerified = "email.verified";
    public const string EmailVerificationRequested = "email.verificationRequested";
    public const string EmailChangeRequested = "email.changeRequested";
    public const string EmailChanged = "email.changed";
    public const string EmailChangeUndone = "email.changeUndone";
    public const string SignUpRequested = "signUp.requested";
    public const string SignInFailed = "signIn.failed";
    public const string PasswordResetRequested = "password.resetRequested";
    public const string PasswordReset = "password.reset";
    public const string PasswordChanged = "password.changed";
    public const string TwoFactorPrepared = "twoFactor.prepared";
    public const string TwoFactorEnabled = "twoFactor.enabled";
    public const string TwoFactorDisabled = "twoFactor.disabled";
    public const string TwoFactorFailed = "twoFactor.failed";
    public const string TwoFactorRequired = "twoFactor.required";
    public const string TwoFactorRecoveryCodesReplaced = "twoFactor.recoveryCodesReplaced";
    public const string TwoFactorRecoveryCodeUsed = "twoFactor.recoveryCodeUsed";
    public const string PasskeyAdded = "passkey.added";
    public const string PasskeyRenamed = "passkey.renamed";
    public const string PasskeyRemoved = "passkey.removed";
    public const string LoginConnected = "user.loginConnected";
    public const string LoginRemoved = "user.loginRemoved";
    public const string UserLoginsReset = "user.loginsReset";
    public const string UserPasswordSet = "user.passwordSet";
    public const string UserTwoFactorReset = "user.twoFactorReset";
    public const string UserPasskeysReset = "user.passkeysReset";
    public const string UserInvited = "user.invited";
    public const string UserUnlocked = "user.unlocked";
    public const string UsersExported = "users.exported";
    public const string UsersImported = "users.imported";
    public const string RoleCreated = "role.created";
    public const string RoleChanged = "role.changed";
    public const string RoleDeleted = "role.deleted";
    public const string ImpersonationStarted = "impersonation.started";
    public const string ImpersonationStopped = "impersonation.stopped";
    public const string AuditLogExported = "auditLog.exported";
    public const string AuditLogDayRemoved = "auditLog.dayRemoved";
    public const string EmailTested = "email.tested";
    public const string EmailRetried = "email.retried";
    public const string DatabaseBackedUp = "database.backedUp";
    public const string UserDeleted = "user.deleted";
    public const string UserExported = "user.exported";
    public const string SessionReauthenticated = "session.reauthenticated";
    public const string SessionCreated = "session.created";
    public const string SessionDisowned = "session.disowned";
    public const string SessionEnded = "session.ended";
    public const string SessionRevoked = "session.revoked";
    public const string SessionsRevoked = "sessions.revoked";
    public const string WebhookCreated = "webhook.created";
    public const string WebhookChanged = "webhook.changed";
    public const string WebhookSwitchedOff = "webhook.switchedOff";
    public const string WebhookDeleted = "webhook.deleted";
    public const string WebhookSecretRotated = "webhook.secretRotated";
    public const string WebhookTested = "webhook.tested";
    public const string WebhookDeliveryRetried = "webhook.deliveryRetried";

    public const string ApiKeyCreated = "apiKey.created";
    public const string ApiKeyUpdated = "apiKey.updated";
    public const string ApiKeyRotated = "apiKey.rotated";
    public const string ApiKeyRevoked = "apiKey.revoked";
    public const string ApiKeyExpired = "apiKey.expired";
    public const string ApiKeyLeaked = "apiKey.leaked";
    public const string ServiceAccountCreated = "serviceAccount.created";
    public const string ServiceAccountUpdated = "serviceAccount.updated";
    public const string ServiceAccountDeleted = "serviceAccount.deleted";

    public static readonly FrozenSet<string> All = typeof(AuditActions)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.IsLiteral)
        .Select(f => (string)f.GetRawConstantValue()!)
        .ToFrozenSet(StringComparer.Ordinal);
}
