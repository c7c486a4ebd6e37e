using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Puts passwords where they are kept.</summary>
public sealed class PasswordStorage(IPasswords passwords, IUserRepository users, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>Sets the password after checking the rules. Errors: <c>validation_failed</c> on the field.</summary>
    public async Task<Error?> SetAsync(User user, string password, string field)
    {
        if (await passwords.CheckAsync(user, password, field) is { } problem)
        {
            return problem;
        }

        user.Credentials.SetPassword(passwords.Hash(user, password));
        user.Touch(clock.GetUtcNow().UtcDateTime);
        return null;
    }

    /// <summary>Moves a right password to the present hash, where it lies under a weaker one.</summary>
    public async Task RehashAsync(string userId, string password, PasswordMatch match, CancellationToken ct)
    {
        if (match == PasswordMatch.YesButRehash)
        {
            await unitOfWork.ExecuteAsync<Result>(
                async ct =>
                {
                    var user = await users.LoadWithCredentialsAsync(userId, ct);
                    user?.Credentials.Rehash(passwords.Hash(user, password));
                    return Result.Success;
                },
                ct);
        }
    }
}
