using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Signs in with address and password.</summary>
public sealed class PasswordSignIn(
    IUserRepository users, PasswordAttempts attempts, PasswordStorage storage, SignIn signIn, VerificationMailer verification, FailedSignIns failed)
{
    /// <summary>
    /// Opens a session, or asks for the second factor. Errors: <c>invalid_credentials</c> for unknown, wrong, locked and
    /// unverified alike, <c>user_banned</c> for whoever gave the right password.
    /// </summary>
    public async Task<Result<SignInOutcome>> SignInAsync(PasswordSignInRequest request, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(request.Email, out var email);
        var user = email is null ? null : await users.LoadWithCredentialsByEmailAsync(email.Normalized, ct);
        var match = await attempts.VerifyAsync(user, request.Password, ct);
        if (user is not null && match != PasswordMatch.No)
        {
            if (user.EmailVerified)
            {
                await storage.RehashAsync(user.Id, request.Password, match, ct);
                return await signIn.RunAsync(user.Id, new SignInRequest(SessionMethod.Password, request.RememberMe, request.TrustSecret), ct);
            }

            await verification.SendAgainAsync(user.Id, ct);
        }

        await failed.RecordAsync(email, user, ct);
        return AccountErrors.InvalidCredentials;
    }
}

/// <summary>What somebody typed to sign in.</summary>
/// <param name="TrustSecret">What the browser shows to skip the second factor.</param>
public sealed record PasswordSignInRequest(string Email, string Password, bool RememberMe, string? TrustSecret);
