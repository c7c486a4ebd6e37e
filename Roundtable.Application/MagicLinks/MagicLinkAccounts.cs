using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.MagicLinks;

/// <summary>Finds or creates the account that a link signs in to.</summary>
[ScopedService]
public sealed class MagicLinkAccounts(
    IUserRepository users,
    AccountRegistry accounts,
    EmailOwnership ownership,
    IAuditTrail audit,
    IOptions<AuthOptions> options,
    TimeProvider clock
)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Returns the account of a redeemed link and creates it if necessary; records the redemption. Errors: <c>invalid_token</c>,
    /// <c>user_banned</c>.
    /// </summary>
    public async Task<Result<(User User, bool IsNew)>> GetOrCreateAsync(FoundMagicLink link, CancellationToken ct)
    {
        var owner = await FindOrCreateAsync(link.Token, link.Payload, ct);
        if (!owner.Failed)
        {
            var user = owner.Value.User;
            audit.Record(AuditActions.MagicLinkRedeemed, AuditTarget.User(user.Id), new { by = link.By }, user);
        }

        return owner;
    }

    private async Task<Result<(User User, bool IsNew)>> FindOrCreateAsync(
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

            await ownership.VerifyAsync(user, passwordIsOwners: false, ct);
            return (user, false);
        }

        if (!(options.Value.MagicLink.AllowSignUp || payload.IsInvitation) || !EmailAddress.TryParse(payload.Email, out var email))
        {
            return TokenErrors.InvalidToken;
        }

        user = User.Create(email, payload.Name, UserOrigin.SelfRegistered, Now);
        user.VerifyEmail(Now);
        accounts.Add(user, null, user);
        return (user, true);
    }
}
