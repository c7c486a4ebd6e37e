using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Checks a password under the account's lock-out: five failures lock it for a quarter of an hour, on every instance.</summary>
[ScopedService]
public sealed class PasswordAttempts(IPasswords passwords, ICredentialRepository credentials, IUnitOfWork unitOfWork, TimeProvider clock)
{
    private const int Limit = 5;

    private static readonly TimeSpan LockFor = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether it is the user's password and the account is not locked. The attempt is counted before it is checked and in a
    /// transaction of its own, so that parallel guesses cannot outrun the count. Everybody, also nobody, costs one hash.
    /// </summary>
    public async Task<PasswordMatch> VerifyAsync(User? user, string password, CancellationToken ct)
    {
        var admitted = await CommitAsync(ct => credentials.TryAttemptAsync(user?.Id ?? "", Limit, LockFor, clock.GetUtcNow().UtcDateTime, ct), ct);
        var match = await passwords.VerifyAsync(admitted ? user : null, password, ct);
        if (user is not null && match != PasswordMatch.No)
        {
            await CommitAsync(ct => credentials.UnlockAsync(user.Id, ct), ct);
        }

        return match;
    }

    private async Task<bool> CommitAsync(Func<CancellationToken, Task<bool>> work, CancellationToken ct)
    {
        var done = await unitOfWork.ExecuteAsync<Result<bool>>(async ct => await work(ct), ct);
        return !done.Failed && done.Value;
    }
}
