using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>Applies the address, or its verification, that an admin sets.</summary>
[ScopedService]
public sealed class AdminEmailChange(
    AddressRelease addresses,
    EmailChanger changer,
    ForeignCredentials foreign,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Changes the account in the current transaction; null leaves a value unchanged, but a changed address counts as unverified.
    /// Errors: <c>email_taken</c>.
    /// </summary>
    public async Task<Error?> ApplyAsync(User user, EmailAddress? email, bool? verified, CancellationToken ct)
    {
        if (email is { } other && other.Normalized != user.NormalizedEmail)
        {
            if (!await addresses.TryReleaseToAdminAsync(other, user, ct))
            {
                return UserErrors.EmailTaken;
            }

            if (verified == true)
            {
                await foreign.RemoveFromSignUpAsync(user, null, ct);
            }

            await changer.MoveByAdminAsync(user, other, verified ?? false, ct);
            return null;
        }

        // The same mailbox; spelling or verification differs.
        _ = EmailAddress.TryParse(user.Email, out var same);
        var spelt = email ?? same;
        var isVerified = verified ?? user.EmailVerified;
        if (spelt.Value == user.Email && isVerified == user.EmailVerified)
        {
            return null;
        }

        if (isVerified != user.EmailVerified)
        {
            // An admin confirms that the address is the account's, not that its owner typed the password.
            await foreign.RemoveFromSignUpAsync(user, null, ct);
        }

        var before = user.Email;
        user.ChangeEmail(spelt, isVerified, unitOfWork.UtcNow);
        if (spelt.Value != before)
        {
            audit.Record(AuditActions.EmailChanged, AuditTarget.User(user.Id), raises: new EmailChanged(EventUser.Of(user), before));
        }

        return null;
    }
}
