using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>Handles the first proof that a user receives the mail to an address.</summary>
[ScopedService]
public sealed class EmailOwnership(ForeignCredentials foreign, ConfiguredAdmins admins, IAuditTrail audit, TimeProvider clock)
{
    /// <summary>
    /// Marks the address verified. A self-registered account whose address was never proved may have been created by an attacker in
    /// advance: its passwords, passkeys, second factor, sessions and pending links are removed first.
    /// </summary>
    /// <param name="passwordIsOwners">Whether the proof also shows that the same person typed the sign-up's password.</param>
    public async Task VerifyAsync(User user, bool passwordIsOwners, CancellationToken ct)
    {
        if (!user.EmailVerified)
        {
            if (!passwordIsOwners)
            {
                await foreign.RemoveFromSignUpAsync(user, user, ct);
            }

            user.VerifyEmail(clock.GetUtcNow().UtcDateTime);
            audit.Record(AuditActions.EmailVerified, AuditTarget.User(user.Id), actor: user, raises: new EmailVerified(EventUser.Of(user)));
        }

        await admins.PrepareAsync(user, ct);
    }
}
