using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.SignIn;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.TwoFactor;

/// <summary>Completes a sign-in that requires a second factor.</summary>
[ScopedService]
public sealed class TwoFactorSignInService(
    TwoFactorChallenges challenges,
    SecondFactor secondFactor,
    SignInCompletion signIn,
    TrustedBrowsers trusted,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Opens the session. Each attempt is counted before it is checked; the sixth always fails. Errors: <c>invalid_credentials</c>,
    /// <c>user_banned</c>.
    /// </summary>
    public async Task<Result<TwoFactorOutcome>> VerifyAsync(TwoFactorAnswer answer, CancellationToken ct)
    {
        if (await challenges.TryAttemptAsync(answer.Challenge, ct) is not { } user)
        {
            return AccountErrors.InvalidCredentials;
        }

        if (!await IsRightAsync(user, answer, ct))
        {
            await RecordFailureAsync(user, ct);
            return AccountErrors.InvalidCredentials;
        }

        return await unitOfWork.ExecuteAsync<Result<TwoFactorOutcome>>(async ct => await FinishAsync(answer, ct), ct);
    }

    private Task<bool> IsRightAsync(User user, TwoFactorAnswer answer, CancellationToken ct) =>
        answer switch
        {
            { Code: { } code } => secondFactor.TakeCodeAsync(user, code, ct),
            { RecoveryCode: { } code } => secondFactor.TakeRecoveryCodeAsync(user, code, ct),
            _ => Task.FromResult(false),
        };

    private async Task<Result<TwoFactorOutcome>> FinishAsync(TwoFactorAnswer answer, CancellationToken ct)
    {
        if (await challenges.RedeemAsync(answer.Challenge, ct) is not var (user, first))
        {
            return AccountErrors.InvalidCredentials;
        }

        if (answer.RecoveryCode is not null)
        {
            audit.Record(AuditActions.TwoFactorRecoveryCodeUsed, AuditTarget.User(user.Id), actor: user);
        }

        var outcome = await signIn.CompleteAsync(
            user,
            new SignInRequest(first.Method, first.RememberMe)
            {
                IsNewUser = first.IsNewUser,
                CallbackUrl = first.CallbackUrl,
                Provider = first.Provider,
                Since = first.Since,
                SecondFactorDone = true,
            },
            ct
        );
        if (outcome.Failed)
        {
            return outcome.Error!;
        }

        var signedIn = outcome.Value.SignedIn!;
        return new TwoFactorOutcome(signedIn, answer.TrustBrowser ? await trusted.TrustAsync(user, signedIn.Session.Id, ct) : null);
    }

    private Task<Result> RecordFailureAsync(User user, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            _ =>
            {
                audit.Record(AuditActions.TwoFactorFailed, AuditTarget.User(user.Id));
                return Task.FromResult(Result.Success);
            },
            ct
        );
}

/// <summary>The user's answer.</summary>
/// <param name="Challenge">The secret of the pending sign-in, from its cookie.</param>
/// <param name="Code">The code from the authenticator app.</param>
/// <param name="RecoveryCode">A recovery code, in place of the code.</param>
/// <param name="TrustBrowser">Whether this browser skips the second factor for 30 days.</param>
public sealed record TwoFactorAnswer(string? Challenge, string? Code, string? RecoveryCode, bool TrustBrowser);

/// <summary>The session, and the secret for the trusted-browser cookie.</summary>
public sealed record TwoFactorOutcome(SignedIn SignedIn, string? TrustSecret);
