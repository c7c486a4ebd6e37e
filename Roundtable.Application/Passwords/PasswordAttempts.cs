using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passwords;

/// <summary>Checks passwords with account lockout: five failures lock the account for 15 minutes, on every instance.</summary>
[ScopedService]
public sealed class PasswordAttempts(
    IPasswords passwords,
    ICredentialRepository credentials,
    KnownBrowsers browsers,
    IThrottle throttle,
    IUnitOfWork unitOfWork,
    IOptions<IdentityOptions> options
)
{
    private const string KnownBrowserKind = "known-browser-password";

    private LockoutOptions Lockout => options.Value.Lockout;

    /// <summary>
    /// Whether the password is right and the account is not locked. The attempt is counted before the check and in a separate
    /// transaction, so that parallel guesses cannot outrun the counter. Every call costs one hash, even for an unknown user. A known
    /// browser passes the lockout, which strangers can cause, under a limit of its own.
    /// </summary>
    public async Task<PasswordMatch> VerifyAsync(User? user, string password, CancellationToken ct)
    {
        var admitted = await CommitAsync(
            ct =>
                credentials.TryAttemptAsync(
                    user?.Id ?? "",
                    Lockout.MaxFailedAccessAttempts,
                    Lockout.DefaultLockoutTimeSpan,
                    unitOfWork.UtcNow,
                    ct
                ),
            ct
        );
        var passesLock = !admitted && await TryKnownBrowserAsync(user, ct);
        var match = await passwords.VerifyAsync(admitted || passesLock ? user : null, password, ct);
        if (match == PasswordMatch.No)
        {
            // An attempt that was not admitted is already counted.
            _ = admitted && await TryKnownBrowserAsync(user, ct);
        }
        else
        {
            await ClearFailuresAsync(user!.Id, passesLock, ct);
        }

        return match;
    }

    /// <summary>Lifts the lockout and clears the account's throttle counters, in the current transaction.</summary>
    public async Task UnlockAsync(User user, CancellationToken ct)
    {
        await credentials.UnlockAsync(user.Id, ct);
        await throttle.ClearAsync(user.Id, ct);
        await throttle.ClearAsync(KnownBrowsersOf(user.Id), ct);
        await throttle.ClearAsync(user.NormalizedEmail, ct);
    }

    /// <summary>The throttle subject for attempts from an account's known browsers.</summary>
    public static string KnownBrowsersOf(string userId) => $"{userId} known browsers";

    // Counts an attempt from a known browser of the account. Called for unknown users too, so that the cost is the same.
    private async Task<bool> TryKnownBrowserAsync(User? user, CancellationToken ct) =>
        await browsers.IsKnownAsync(user?.NormalizedEmail ?? "", ct)
        && await throttle.TryHitAsync(
            KnownBrowserKind,
            KnownBrowsersOf(user!.Id),
            Lockout.MaxFailedAccessAttempts,
            Lockout.DefaultLockoutTimeSpan,
            ct
        );

    // After passing the lock, clears only the known browsers' count. The lock stays: an owner's sign-in must not give others new guesses.
    private Task ClearFailuresAsync(string userId, bool passedLock, CancellationToken ct) =>
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
