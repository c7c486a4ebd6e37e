using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Handles the first proof that a user receives the mail to an address.</summary>
[ScopedService]
public sealed class EmailOwnership(
    IUserRepository users,
    AccountRecords records,
    ForeignCredentials foreign,
    ConfiguredAdmins admins,
    IAuditTrail audit,
    IOptions<AuthOptions> options,
    TimeProvider clock
)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Returns the account of a redeemed link and creates it if necessary. Errors: <c>invalid_token</c>, <c>user_banned</c>.
    /// </summary>
    public async Task<Result<(User User, bool IsNew)>> GetOrCreateAccountAsync(
        OneTimeToken token,
        MagicLinkPayload payload,
        CancellationToken ct
    )
    {
        var user = await users.LoadForSignInByEmailAsync(token.Subject, ct);
        if (token.UserId is not null && user?.Id != token.UserId)
        {
            return TokenErrors.InvalidToken;
        }

        if (user is not null)
        {
            if (user.IsBanned(Now))
            {
                return UserErrors.Banned(user);
            }

            await VerifyAsync(user, passwordIsOwners: false, ct);
            return (user, false);
        }

        if (!(options.Value.MagicLink.AllowSignUp || payload.IsInvitation) || !EmailAddress.TryParse(payload.Email, out var email))
        {
            return TokenErrors.InvalidToken;
        }

        user = User.Create(email, payload.Name, UserOrigin.SelfRegistered, Now);
        users.Add(user);
        user.VerifyEmail(Now);
        records.Created(user, null, user);
        return (user, true);
    }

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

            user.VerifyEmail(Now);
            audit.Record(AuditActions.EmailVerified, AuditTarget.User(user.Id), actor: user, raises: new EmailVerified(EventUser.Of(user)));
        }

        await admins.PrepareAsync(user, ct);
    }
}
