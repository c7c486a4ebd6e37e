using Roundtable.Application.Common;

namespace Roundtable.Application.ApiKeys;

/// <summary>An API key, without its secret.</summary>
public sealed record ApiKeyDto : IVersioned
{
    /// <summary>The key's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    /// <example>Nightly sync</example>
    public required string Name { get; init; }

    /// <summary>The first characters of the secret.</summary>
    /// <example>rt_pat_Kd93x</example>
    public required string Prefix { get; init; }

    /// <summary>The scopes: names of permissions, <c>me:read</c> and <c>me:write</c>.</summary>
    /// <example>["users:list","users:read"]</example>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The networks that it may be used from, in CIDR notation; empty for all.</summary>
    /// <example>["203.0.113.0/24"]</example>
    public required IReadOnlyList<string> AllowedNetworks { get; init; }

    /// <summary>The user or service account whose rights it has.</summary>
    public required ApiKeyOwnerDto Owner { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it expires (UTC).</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>When it was last used (UTC), accurate to five minutes; null if never.</summary>
    public required DateTime? LastUsedAt { get; init; }

    /// <summary>The IP address of that use.</summary>
    /// <example>203.0.113.7</example>
    public required string? LastUsedIp { get; init; }

    /// <summary>The user who created it; null if a command did, or if that account was deleted.</summary>
    public required CreatorDto? CreatedBy { get; init; }

    /// <summary>When it was revoked (UTC); null if it was not.</summary>
    public required DateTime? RevokedAt { get; init; }

    /// <summary>The version number; also in <c>ETag</c>.</summary>
    public required int Version { get; init; }
}

/// <summary>An owner of keys.</summary>
/// <param name="Kind">Whether it is a user or a service account.</param>
/// <param name="Id">The id of the user or service account.</param>
/// <param name="Name">The name of the user or service account.</param>
public sealed record ApiKeyOwnerDto(ApiKeyOwnerKind Kind, string Id, string Name);

/// <summary>The kinds of owners of keys.</summary>
public enum ApiKeyOwnerKind
{
    User,
    ServiceAccount,
}

/// <summary>A key with its new secret, which is returned only once.</summary>
/// <param name="ApiKey">The key.</param>
/// <param name="Secret">The secret: a prefix, 43 random characters and 6 check characters.</param>
public sealed record ApiKeySecretDto(ApiKeyDto ApiKey, string Secret);
