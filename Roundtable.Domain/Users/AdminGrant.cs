namespace Roundtable.Domain.Users;

/// <summary>
/// Records that the configured role was granted to an address. It outlives the account, so that the address does not become admin
/// again. It stores only a hash, so that the table is not a list of addresses.
/// </summary>
public sealed class AdminGrant
{
    private AdminGrant() { }

    public string EmailHash { get; private set; } = null!;

    public DateTime GrantedAtUtc { get; private set; }

    public static AdminGrant To(string emailHash, DateTime nowUtc) => new() { EmailHash = emailHash, GrantedAtUtc = nowUtc };
}
