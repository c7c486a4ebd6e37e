using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.SignIn;

/// <summary>Completes every kind of sign-in, once the user has authenticated.</summary>
[ScopedService]
public sealed class SignInCompletion(
    SignInPolicy policy,
    SignInNotifications notifications,
    SessionStarter starter,
    KnownBrowsers browsers,
    IUserRepository users,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Signs in the user in a separate transaction. Errors: <c>user_banned</c>, <c>invalid_credentials</c> if the account no longer
    /// exists.
    /// </summary>
    public Task<Result<SignInOutcome>> RunAsync(string userId, SignInRequest request, CancellationToken ct) =>
        unitOfWork.ExecuteAsync(
            async ct =>
                await users.LoadForSignInAsync(userId, ct) is { } user
                    ? await CompleteAsync(user, request, ct)
                    : AccountErrors.InvalidCredentials,
            ct
        );

    /// <summary>Opens a session in the current transaction, or requires the second factor. Errors: <c>user_banned</c>.</summary>
    public async Task<Result<SignInOutcome>> CompleteAsync(User user, SignInRequest request, CancellationToken ct)
    {
        var passed = await policy.EvaluateAsync(user, request, ct);
        if (passed.Failed)
        {
            return passed.Error!;
        }

        if (passed.Value.Challenge is { } challenge)
        {
            return new SignInOutcome(null, challenge);
        }

        await policy.GrantConfiguredRoleAsync(user, request, ct);
        var known = await browsers.FindAsync(user.NormalizedEmail, ct);
        var isNoticeDue = known is null && user.LastSeenOrEpochUtc != User.NeverSeen;
        var method = request.SecondFactorDone ? SessionMethod.TwoFactor : request.Method;
        var started = await starter.StartAsync(user, new NewSession(method, request.Method, request.RememberMe, request.Provider), ct);
        await policy.KeepTrustAsync(user, passed.Value.Trust, started.Id, ct);
        var browserSecrets = await browsers.RememberAsync(user, known, started.Id, ct);
        if (isNoticeDue)
        {
            await notifications.SendAsync(user, request, started.Id, ct);
        }

        return new SignInOutcome(
            new SignedIn(user.Id, started, request.IsNewUser, request.CallbackUrl) { BrowserSecrets = browserSecrets },
            null
        );
    }
}
