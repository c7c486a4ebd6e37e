using Roundtable.Application.Common;
using Roundtable.Application.SignIn;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passwords;

/// <summary>Signs in with e-mail address and password.</summary>
[ScopedService]
public sealed class PasswordSignInService(
    IUserRepository users,
    PasswordAttempts attempts,
    IPasswords passwords,
    SignInCompletion signIn,
    RejectedSignIns rejected,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Opens a session, or requires the second factor. Errors: <c>invalid_credentials</c> for unknown, wrong, locked and unverified
    /// alike, <c>user_banned</c> if the password was right.
    /// </summary>
    public async Task<Result<SignInOutcome>> SignInAsync(PasswordSignInRequest request, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(request.Email, out var email);
        var user = email is null ? null : await users.LoadForSignInByEmailAsync(email.Normalized, ct);
        var match = await attempts.VerifyAsync(user, request.Password, ct);
        if (user is { EmailVerified: true } && match != PasswordMatch.No)
        {
            return await OpenSessionAsync(user, match, request, ct);
        }

        await rejected.RecordAsync(email, user, passwordWasRight: match != PasswordMatch.No, ct);
        return AccountErrors.InvalidCredentials;
    }

    private async Task<Result<SignInOutcome>> OpenSessionAsync(
        User user,
        PasswordMatch match,
        PasswordSignInRequest request,
        CancellationToken ct
    )
    {
        var rehashed = match == PasswordMatch.YesButRehash ? await passwords.HashAsync(request.Password, ct) : null;
        if (await TryOpenSessionAsync(user, rehashed, request, ct) is { } outcome)
        {
            return outcome;
        }

        // Another sign-in with the same password may have stored it under a newer hash.
        var again = await users.LoadForSignInByEmailAsync(user.NormalizedEmail, ct);
        return again?.Id == user.Id && await passwords.VerifyAsync(again, request.Password, ct) != PasswordMatch.No
            ? await TryOpenSessionAsync(again, null, request, ct) ?? AccountErrors.InvalidCredentials
            : AccountErrors.InvalidCredentials;
    }

    // While it was checked, the right password may have been replaced and every session ended. Returns null then.
    private async Task<Result<SignInOutcome>?> TryOpenSessionAsync(
        User checkedUser,
        string? rehashed,
        PasswordSignInRequest request,
        CancellationToken ct
    )
    {
        var replaced = false;
        var outcome = await unitOfWork.ExecuteAsync<Result<SignInOutcome>>(
            async ct =>
            {
                var user = await users.LoadForSignInAsync(checkedUser.Id, ct);
                replaced = user?.Credentials.PasswordHash != checkedUser.Credentials.PasswordHash;
                if (user is null || replaced)
                {
                    return AccountErrors.InvalidCredentials;
                }

                if (rehashed is not null)
                {
                    user.Credentials.Rehash(rehashed);
                }

                return await signIn.CompleteAsync(
                    user,
                    new SignInRequest(SessionMethod.Password, request.RememberMe, request.TrustSecret),
                    ct
                );
            },
            ct
        );
        return replaced ? null : outcome;
    }
}

/// <summary>The user's sign-in input.</summary>
/// <param name="TrustSecret">A trusted browser's secret, which skips the second factor.</param>
public sealed record PasswordSignInRequest(string Email, string Password, bool RememberMe, string? TrustSecret);
