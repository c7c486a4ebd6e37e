using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Throttling;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Checks a password under the account's lock-out: five failures lock it for a quarter of an hour, on every instance.</summary>
[ScopedService]
public sealed class PasswordAttempts(
    IPasswords passwords,
    ICredentialRepository credentials,
    KnownBrowsers browsers,
    IThrottle throttle,
    IUnitOfWork unitOfWork,
    IOptions<IdentityOptions> options,
    TimeProvider clock
)
{
    private const string KnownBrowserKind = "known-browser-password";

    private LockoutOptions Lockout => options.Value.Lockout;

    /// <summary>
    /// Whether it is the user's password and the account is not locked. The attempt is counted before it is checked and in a transaction of
    /// its own, so that parallel guesses cannot outrun the count. Everybody, also nobody, costs one hash. A browser that the account knows
    /// passes the lock, which strangers can bring about, under a limit of its own.
    /// </summary>
    public async Task<PasswordMatch> VerifyAsync(User? user, string password, CancellationToken ct)
    {
        var admitted = await CommitAsync(
            ct =>
                credentials.TryAttemptAsync(
                    user?.Id ?? "",
                    Lockout.MaxFailedAccessAttempts,
                    Lockout.DefaultLockoutTimeSpan,
                    clock.GetUtcNow().UtcDateTime,
                    ct
                ),
            ct
        );
        var passesLock = !admitted && await TryKnownBrowserAsync(user, ct);
        var match = await passwords.VerifyAsync(admitted || passesLock ? user : null, password, ct);
        if (match == PasswordMatch.No)
        {
            // Where it was not admitted, it was counted already.
            _ = admitted && await TryKnownBrowserAsync(user, ct);
        }
        else
        {
            await ForgetFailuresAsync(user!.Id, passesLock, ct);
        }

        return match;
    }

    /// <summary>Under which the attempts of the browsers that an account knows are counted.</summary>
    public static string KnownBrowsersOf(string userId) => $"{userId} known browsers";

    // Counts an attempt of a browser that the account knows. Asked for nobody too, so that it costs the same.
    private async Task<bool> TryKnownBrowserAsync(User? user, CancellationToken ct) =>
        await browsers.IsKnownAsync(user?.NormalizedEmail ?? "", ct)
        && await throttle.TryHitAsync(
            KnownBrowserKind,
            KnownBrowsersOf(user!.Id),
            Lockout.MaxFailedAccessAttempts,
            Lockout.DefaultLockoutTimeSpan,
            ct
        );

    // Past the lock only the browser's own: it goes on for everybody else, whom an owner's sign-in must not give new guesses.
    private Task ForgetFailuresAsync(string userId, bool passedLock, CancellationToken ct) =>
        CommitAsync(
            async ct =>
            {
                if (!passedLock)
                {
                    return await credentials.UnlockAsync(userId, ct);
                }

                await throttle.ClearAsync(KnownBrowsersOf(userId), ct);
                return true;
            },
            ct
        );

    private async Task<bool> CommitAsync(Func<CancellationToken, Task<bool>> statement, CancellationToken ct)
    {
        var done = await unitOfWork.ExecuteStatementAsync(statement, ct);
        return !done.Failed && done.Value;
    }
}
