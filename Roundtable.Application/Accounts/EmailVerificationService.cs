using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Passwords;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.Accounts;

/// <summary>Verifies an address by a link that is mailed to it.</summary>
[ScopedService]
public sealed class EmailVerificationService(
    IUserRepository users,
    OneTimeTokens tokens,
    EmailOwnership owners,
    IPasswords passwords,
    IUnitOfWork unitOfWork
)
{
    /// <summary>How long the browser that signed up is recognised.</summary>
    public static readonly TimeSpan SignUpBrowserLifetime = TimeSpan.FromDays(7);

    /// <summary>
    /// Marks the address verified. The link proves ownership of the mailbox, not who typed the sign-up's password, which is kept only
    /// if the request comes from the browser that signed up or contains the password. Errors: <c>invalid_token</c>.
    /// </summary>
    public async Task<Result<VerifiedEmail>> VerifyAsync(EmailProof proof, CancellationToken ct)
    {
        var matchedHash = await MatchPasswordAsync(proof, ct);
        return await unitOfWork.ExecuteAsync<Result<VerifiedEmail>>(
            async ct =>
            {
                if (
                    await tokens.RedeemAsync(TokenPurpose.EmailVerification, proof.Token, ct) is not { UserId: { } id } token
                    || await users.LoadWithCredentialsAsync(id, ct) is not { } user
                    || user.NormalizedEmail != token.Subject
                )
                {
                    return TokenErrors.InvalidToken;
                }

                var typed = matchedHash is not null && matchedHash == user.Credentials.PasswordHash;
                var passwordIsOwners = typed || (await tokens.FindAsync(TokenPurpose.SignUpBrowser, proof.BrowserSecret, ct))?.UserId == id;
                await owners.VerifyAsync(user, passwordIsOwners, ct);
                return new VerifiedEmail(HasPassword: user.Credentials.PasswordHash is not null);
            },
            ct
        );
    }

    // Returns the hash that the password matches; null if none. Runs outside the transaction, because hashing is slow.
    private async Task<string?> MatchPasswordAsync(EmailProof proof, CancellationToken ct)
    {
        if (
            proof.Password is not { } password
            || await tokens.FindAsync(TokenPurpose.EmailVerification, proof.Token, ct) is not { UserId: { } id }
        )
        {
            return null;
        }

        var user = await users.LoadWithCredentialsAsync(id, ct);
        return await passwords.VerifyAsync(user, password, ct) == PasswordMatch.No ? null : user?.Credentials.PasswordHash;
    }
}

/// <summary>The proof of the address, and who requests it.</summary>
/// <param name="Token">The secret of the mailed link.</param>
/// <param name="Password">The sign-up's password; null if it was not typed again.</param>
/// <param name="BrowserSecret">The secret given to the browser that signed up; null in other browsers.</param>
public sealed record EmailProof(string Token, string? Password, string? BrowserSecret)
{
    /// <summary>Hides the secrets.</summary>
    public override string ToString() => nameof(EmailProof);
}

/// <summary>A verified address.</summary>
/// <param name="HasPassword">Whether the account has a password to sign in with; otherwise the user signs in with a link.</param>
public sealed record VerifiedEmail(bool HasPassword);
