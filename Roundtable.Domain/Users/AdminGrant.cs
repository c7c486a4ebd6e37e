namespace Roundtable.Domain.Users;

/// <summary>
/// That the configured role was given to an address. It outlives the account, so that the address does not become admin again; a hash, so
/// that the table is no list of addresses.
/// </summary>
public sealed class AdminGrant
{
    private AdminGrant() { }

    public string EmailHash { get; private set; } = null!;

    public DateTime GrantedAtUtc { get; private set; }

    public static AdminGrant To(string emailHash, DateTime nowUtc) => new() { EmailHash = emailHash, GrantedAtUtc = nowUtc };
}
