using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passwords;

/// <summary>Hashes and checks passwords.</summary>
public interface IPasswords
{
    /// <summary>Returns why the password is not allowed, as <c>validation_failed</c> on the field; null if it is allowed.</summary>
    Task<Error?> CheckAsync(User user, string password, string field);

    /// <summary>Whether <see cref="VerifyAsync"/> supports the stored hash.</summary>
    bool IsKnownHash(string hash);

    /// <summary>Waits for a hashing slot. Do not call in a transaction: other writers would wait too.</summary>
    Task<string> HashAsync(string password, CancellationToken ct);

    /// <summary>
    /// Verifies the user's password, after waiting for a slot. Takes as long without a user, or for one without a password.
    /// </summary>
    Task<PasswordMatch> VerifyAsync(User? user, string password, CancellationToken ct);
}

public enum PasswordMatch
{
    No,
    Yes,

    /// <summary>The password is right, but stored under a weaker hash or in another Unicode form than new ones.</summary>
    YesButRehash,
}
