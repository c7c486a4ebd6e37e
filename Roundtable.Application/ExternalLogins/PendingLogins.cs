using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ExternalLogins;

/// <summary>
/// Keeps logins that the owner of an existing account has to confirm. Only the browser that signed in with one has its secret.
/// </summary>
[ScopedService]
public sealed class PendingLogins(OneTimeTokens tokens, IUserRepository users, IUnitOfWork unitOfWork)
{
    /// <summary>How long the owner has to sign in and confirm.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Stores the login for the account with its address; returns the secret for the browser, null if the account is gone.
    /// </summary>
    public async Task<string?> AddAsync(ExternalIdentity identity, CancellationToken ct)
    {
        // A unique subject: a login that a stranger uses with this address does not supersede the owner's.
        var added = await unitOfWork.ExecuteAsync<Result<string?>>(
            async ct =>
                EmailAddress.TryParse(identity.Email, out var email) && await users.LoadByEmailAsync(email.Normalized, ct) is { } owner
                    ? await tokens.IssueAsync(TokenPurpose.PendingLogin, owner.Id, EntityId.New(unitOfWork.UtcNow), identity, Lifetime, ct)
                    : (string?)null,
            ct
        );
        return added.Failed ? null : added.Value;
    }

    /// <summary>Finds the login that waits for the caller's account in this browser; null if there is none.</summary>
    public async Task<ExternalIdentity?> FindAsync(CurrentSession caller, string? secret, CancellationToken ct) =>
        await tokens.FindAsync(TokenPurpose.PendingLogin, secret, ct) is { } token && token.UserId == caller.UserId
            ? OneTimeTokens.Payload<ExternalIdentity>(token)
            : null;

    /// <summary>Consumes it in the current transaction; null if there is none.</summary>
    public async Task<ExternalIdentity?> TakeAsync(CurrentSession caller, string? secret, CancellationToken ct) =>
        await FindAsync(caller, secret, ct) is { } identity && await tokens.RedeemAsync(TokenPurpose.PendingLogin, secret, ct) is not null
            ? identity
            : null;
}
