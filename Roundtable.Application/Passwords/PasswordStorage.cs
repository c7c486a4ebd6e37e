using Roundtable.Application.Common;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passwords;

/// <summary>Hashes and stores passwords.</summary>
[ScopedService]
public sealed class PasswordStorage(IPasswords passwords, TimeProvider clock)
{
    /// <summary>Hashes a password before the transaction that sets it: hashing is slow, and writers wait for each other.</summary>
    public async Task<NewPassword> PrepareAsync(string password, CancellationToken ct) =>
        new(password, await passwords.HashAsync(password, ct));

    /// <summary>Checks the rules and sets the password. Errors: <c>validation_failed</c> on the field.</summary>
    /// <param name="byOthers">Whether someone other than the user sets it.</param>
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

/// <summary>A new password, to be set if the rules allow it.</summary>
public sealed record NewPassword(string Text, string Hash)
{
    /// <summary>Hides both.</summary>
    public override string ToString() => nameof(NewPassword);
}
