using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Hashes and checks passwords.</summary>
public interface IPasswords
{
    /// <summary>Why the user cannot have this password, as <c>validation_failed</c> on the field; null when they can.</summary>
    Task<Error?> CheckAsync(User user, string password, string field);

    string Hash(User user, string password);

    /// <summary>Whether it is a stored form that <see cref="Verify"/> understands.</summary>
    bool IsKnownHash(string hash);

    /// <summary>Whether it is the user's password. Takes as long for nobody and for somebody without one.</summary>
    PasswordMatch Verify(User? user, string password);
}

public enum PasswordMatch
{
    No,
    Yes,

    /// <summary>Right, and stored under a weaker hash than new ones get.</summary>
    YesButRehash,
}
