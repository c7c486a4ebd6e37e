using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ExternalLogins;

/// <summary>Finds or creates the account that an external login signs in to.</summary>
[ScopedService]
public sealed class ExternalAccounts(
    IUserRepository users,
    ILoginRepository logins,
    LoginConnector connector,
    AccountRegistry accounts,
    IUnitOfWork unitOfWork,
    IOptions<AuthOptions> options
)
{
    /// <summary>
    /// A connected login identifies its account, whatever address the provider names. Another one creates an account if its address is
    /// free, and connects itself to an existing one only if the provider is an authority for the mailbox and the account is verified.
    /// Errors: <c>external_failed</c>, <c>sign_up_closed</c>, <c>link_required</c>, <c>conflict</c>, <c>user_banned</c>.
    /// </summary>
    public async Task<Result<ExternalAccount>> GetOrCreateAsync(ExternalIdentity identity, CancellationToken ct)
    {
        if (await logins.LoadAsync(identity.Provider, identity.Subject, ct) is { } login)
        {
            return await FindAsync(login, identity, ct);
        }

        if (!EmailAddress.TryParse(identity.Email, out var email))
        {
            return LoginErrors.Failed;
        }

        return await users.LoadForSignInByEmailAsync(email.Normalized, ct) is { } owner
            ? await ConnectAsync(owner, identity, ct)
            : await CreateAsync(email, identity, ct);
    }

    private async Task<Result<ExternalAccount>> FindAsync(UserLogin login, ExternalIdentity identity, CancellationToken ct)
    {
        // The settings may name another issuer than before, which has users of its own under the same ids.
        if ((login.Issuer ?? identity.Issuer) != identity.Issuer || await users.LoadForSignInAsync(login.UserId, ct) is not { } user)
        {
            return LoginErrors.Failed;
        }

        login.Describe(identity.Issuer, identity.Email, identity.DisplayName);
        login.Use(unitOfWork.UtcNow);
        return new ExternalAccount(user, IsNew: false);
    }

    private async Task<Result<ExternalAccount>> ConnectAsync(User owner, ExternalIdentity identity, CancellationToken ct)
    {
        if (!identity.IsAuthoritative || !owner.EmailVerified)
        {
            return LoginErrors.LinkRequired;
        }

        if (owner.IsBanned(unitOfWork.UtcNow))
        {
            return UserErrors.Banned(owner);
        }

        // Locks the user's row: of two logins that connect themselves at once, the second sees the first.
        await users.ClaimAsync(owner, ct);
        return await connector.ConnectAsync(owner, identity, notify: true, owner, ct) is { } problem
            ? problem
            : new ExternalAccount(owner, IsNew: false);
    }

    private async Task<Result<ExternalAccount>> CreateAsync(EmailAddress email, ExternalIdentity identity, CancellationToken ct)
    {
        if (!options.Value.External.TryGetValue(identity.Provider, out var provider) || !options.Value.AllowsSignUp(provider))
        {
            return LoginErrors.SignUpClosed;
        }

        var user = User.Create(email, identity.Name, UserOrigin.SelfRegistered, unitOfWork.UtcNow);
        if (identity.IsAuthoritative)
        {
            user.VerifyEmail(unitOfWork.UtcNow);
        }

        accounts.Add(user, new { provider = identity.Provider }, user);
        await unitOfWork.FlushAsync(ct);
        return await connector.ConnectAsync(user, identity, notify: false, user, ct) is { } problem
            ? problem
            : new ExternalAccount(user, IsNew: true);
    }
}

/// <summary>The account of an external login.</summary>
public sealed record ExternalAccount(User User, bool IsNew);
