using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Puts passwords where they are kept.</summary>
[ScopedService]
public sealed class PasswordStorage(IPasswords passwords, TimeProvider clock)
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
}
