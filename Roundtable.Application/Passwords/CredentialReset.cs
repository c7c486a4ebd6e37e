using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passwords;

/// <summary>Removes what an intruder may have added beside the password, as the owner asks with a reset.</summary>
[ScopedService]
public sealed class CredentialReset(ICredentialRepository credentials, IAuditTrail audit)
{
    /// <param name="user">The user, with credentials.</param>
    public async Task RemoveAsync(User user, ResetScope scope, CancellationToken ct)
    {
        if (scope.Passkeys && user.Credentials.Passkeys.Count > 0)
        {
            user.Credentials.RemovePasskeys();
            audit.Record(AuditActions.UserPasskeysReset, AuditTarget.User(user.Id), actor: user);
        }

        if (scope.Logins && await credentials.RemoveLoginsAsync(user.Id, ct))
        {
            audit.Record(AuditActions.UserLoginsReset, AuditTarget.User(user.Id), actor: user);
        }
    }
}

/// <summary>What a reset removes besides the password.</summary>
/// <param name="Passkeys">Whether all passkeys.</param>
/// <param name="Logins">Whether all external logins.</param>
public sealed record ResetScope(bool Passkeys, bool Logins);
