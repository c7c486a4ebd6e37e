using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.Accounts;

/// <summary>Verifies an address by the link that was mailed to it.</summary>
[ScopedService]
public sealed class EmailVerification(
    IUserRepository users,
    OneTimeTokens tokens,
    MailboxOwners owners,
    IPasswords passwords,
    IUnitOfWork unitOfWork
)
{
    /// <summary>How long the browser that signed up is recognised.</summary>
    public static readonly TimeSpan SignUpBrowserLifetime = TimeSpan.FromDays(7);

    /// <summary>
    /// Marks the address verified. The mailbox proves the mailbox, not who typed the password of the sign-up: that stays only where the
    /// browser that signed up asks, or the request carries it. Errors: <c>invalid_token</c>.
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

    // Hashing is slow, so it does not happen within the transaction. The hash that the password fits; null where it fits none.
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

/// <summary>What shows that mail arrives, and who asks.</summary>
/// <param name="Token">The secret of the mailed link.</param>
/// <param name="Password">The password of the sign-up; null when it was not typed again.</param>
/// <param name="BrowserSecret">What the browser that signed up was given; null in any other one.</param>
public sealed record EmailProof(string Token, string? Password, string? BrowserSecret)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => nameof(EmailProof);
}

/// <summary>A verified address.</summary>
/// <param name="HasPassword">Whether the account has a password to sign in with; a link is the way in otherwise.</param>
public sealed record VerifiedEmail(bool HasPassword);
