using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Hashes and checks passwords.</summary>
public interface IPasswords
{
    /// <summary>Why the user cannot have this password, as <c>validation_failed</c> on the field; null when they can.</summary>
    Task<Error?> CheckAsync(User user, string password, string field);

    /// <summary>Whether it is a stored form that <see cref="VerifyAsync"/> understands.</summary>
    bool IsKnownHash(string hash);

    /// <summary>When its turn comes. Not within a transaction: others would wait with it.</summary>
    Task<string> HashAsync(string password, CancellationToken ct);

    /// <summary>Whether it is the user's password, when its turn comes. Takes as long for nobody and for somebody without one.</summary>
    Task<PasswordMatch> VerifyAsync(User? user, string password, CancellationToken ct);
}

public enum PasswordMatch
{
    No,
    Yes,

    /// <summary>Right, and stored under a weaker hash, or in another Unicode form, than new ones get.</summary>
    YesButRehash,
}
