using System.Collections.Frozen;
using System.Reflection;

namespace Roundtable.Application.Audit;

/// <summary>Everything that the audit log can say happened.</summary>
public static class AuditActions
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
    public const string SessionCreated = "session.created";
    public const string SessionEnded = "session.ended";
    public const string SessionRevoked = "session.revoked";
    public const string SessionsRevoked = "sessions.revoked";

    public static readonly FrozenSet<string> All = typeof(AuditActions)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.IsLiteral)
        .Select(f => (string)f.GetRawConstantValue()!)
        .ToFrozenSet(StringComparer.Ordinal);
}
