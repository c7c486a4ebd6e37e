namespace Roundtable.Domain.Users;

/// <summary>One single-use way past the second factor; only its hash is kept, and the row goes when it is used.</summary>
public sealed class RecoveryCode
{
    internal RecoveryCode(string userId, string codeHash) => (UserId, CodeHash) = (userId, codeHash);

    private RecoveryCode() { }

    public string UserId { get; private set; } = null!;

    public string CodeHash { get; private set; } = null!;
}
