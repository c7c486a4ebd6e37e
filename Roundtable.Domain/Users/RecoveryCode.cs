namespace Roundtable.Domain.Users;

/// <summary>A single-use substitute for the second factor. Only its hash is stored, and the row is deleted when it is used.</summary>
public sealed class RecoveryCode
{
    internal RecoveryCode(string userId, string codeHash) => (UserId, CodeHash) = (userId, codeHash);

    private RecoveryCode() { }

    public string UserId { get; private set; } = null!;

    public string CodeHash { get; private set; } = null!;
}
