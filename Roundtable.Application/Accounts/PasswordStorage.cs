using Roundtable.Application.Common;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Puts passwords where they are kept.</summary>
[ScopedService]
public sealed class PasswordStorage(IPasswords passwords, TimeProvider clock)
{
    /// <summary>
    /// Hashes a password before the transaction in which it is set: that is the slow part, and writers wait for each other.
    /// </summary>
    public async Task<NewPassword> PrepareAsync(string password, CancellationToken ct) =>
        new(password, await passwords.HashAsync(password, ct));

    /// <summary>Sets the password after checking the rules. Errors: <c>validation_failed</c> on the field.</summary>
    /// <param name="byOthers">Whether somebody other than the user sets it.</param>
    public async Task<Error?> SetAsync(User user, NewPassword password, string field, bool byOthers)
    {
        if (await passwords.CheckAsync(user, password.Text, field) is { } problem)
        {
            return problem;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        user.Credentials.SetPassword(password.Hash, EntityId.New(now), byOthers);
        user.Touch(now);
        return null;
    }
}

/// <summary>A password that somebody is to have, if the rules allow it.</summary>
public sealed record NewPassword(string Text, string Hash)
{
    /// <summary>Shows neither.</summary>
    public override string ToString() => nameof(NewPassword);
}
