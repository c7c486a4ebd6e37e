using Roundtable.Application.Common;
using Roundtable.Application.Throttling;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Checks a password under the account's lock-out: five failures lock it for a quarter of an hour, on every instance.</summary>
[ScopedService]
public sealed class PasswordAttempts(
    IPasswords passwords, ICredentialRepository credentials, KnownBrowsers browsers, IThrottle throttle, IUnitOfWork unitOfWork, TimeProvider clock)
{
    private const string KnownBrowserKind = "known-browser-password";
    private const int Limit = 5;
    private const int KnownBrowserLimit = 10;

    private static readonly TimeSpan LockFor = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether it is the user's password and the account is not locked. The attempt is counted before it is checked and in a
    /// transaction of its own, so that parallel guesses cannot outrun the count. Everybody, also nobody, costs one hash. A browser that the account
    /// knows passes the lock, which strangers can bring about, under a limit of its own.
    /// </summary>
    public async Task<PasswordMatch> VerifyAsync(User? user, string password, CancellationToken ct)
    {
        var admitted = await CommitAsync(ct => credentials.TryAttemptAsync(user?.Id ?? "", Limit, LockFor, clock.GetUtcNow().UtcDateTime, ct), ct);
        var passesLock = !admitted && await PassesLockAsync(user, ct);
        var match = await passwords.VerifyAsync(admitted || passesLock ? user : null, password, ct);
        // The lock goes on for everybody else: what its owner does must not give a stranger new guesses.
        if (user is not null && admitted && match != PasswordMatch.No)
        {
            await CommitAsync(ct => credentials.UnlockAsync(user.Id, ct), ct);
        }

        return match;
    }

    // Asked for nobody too, so that it costs the same.
    private async Task<bool> PassesLockAsync(User? user, CancellationToken ct) =>
        await browsers.IsKnownAsync(user?.NormalizedEmail ?? "", ct)
        && await throttle.TryHitAsync(KnownBrowserKind, user!.Id, KnownBrowserLimit, LockFor, ct);

    private async Task<bool> CommitAsync(Func<CancellationToken, Task<bool>> work, CancellationToken ct) =>
        (await unitOfWork.ExecuteAsync<Result<bool>>(async ct => await work(ct), ct)).Value;
}
