using System.Net;

namespace Roundtable.Application.Common;

/// <summary>The owner of an API key. Its rights are those of the owner at the moment, within the key's scopes.</summary>
/// <param name="KeyId">The key's id.</param>
/// <param name="IsServiceAccount">Whether the owner is a service account; otherwise a user.</param>
/// <param name="Email">The user's e-mail address; null for a service account.</param>
/// <param name="Scopes">The key's scopes.</param>
/// <param name="Networks">The networks that the key may be used from; empty for all.</param>
/// <param name="Permissions">The owner's permissions that are among the scopes.</param>
public sealed record ApiKeyCaller(
    string KeyId,
    bool IsServiceAccount,
    string PrincipalId,
    string Name,
    string? Email,
    DateTime? LastUsedAtUtc,
    IReadOnlySet<string> Scopes,
    IReadOnlyList<IPNetwork> Networks,
    IReadOnlySet<string> Roles,
    IReadOnlySet<string> Permissions
) : Caller(PrincipalId, Name, Roles, Permissions)
{
    /// <summary>Always for a service account, which has no user who could sign in again; never for a user's key.</summary>
    public override bool IsFresh(DateTime nowUtc, TimeSpan freshFor) => IsServiceAccount;

    /// <summary>Whether the key may be used from an address.</summary>
    public bool Accepts(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return Networks.Count == 0 || (plain is not null && Networks.Any(n => n.Contains(plain)));
    }
}
