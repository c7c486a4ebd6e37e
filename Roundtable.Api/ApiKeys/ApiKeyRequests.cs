using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;

namespace Roundtable.Api.ApiKeys;

/// <summary>An API key to create.</summary>
public sealed record CreateApiKeyRequest
{
    /// <summary>1–100 characters, not blank.</summary>
    /// <example>Nightly sync</example>
    [Label]
    public required string Name { get; init; }

    /// <summary>What it may do: names of permissions, <c>me:read</c> and <c>me:write</c>; at least one.</summary>
    /// <example>["users:list","users:read"]</example>
    [Scopes]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>How many days it is valid. Default: 90; the server's setting <c>ApiKeys:MaxLifetime</c> is the maximum.</summary>
    /// <example>90</example>
    public int? ExpiresInDays { get; init; }

    /// <summary>IP addresses and networks in CIDR notation that it may be used from, at most 20. Absent or empty: all.</summary>
    /// <example>["203.0.113.0/24"]</example>
    [Networks]
    public IReadOnlyList<string>? AllowedNetworks { get; init; }

    internal ApiKeyRequestData ToData() => new(Name, Scopes, ExpiresInDays, AllowedNetworks);
}

/// <summary>Changes to an API key.</summary>
public sealed record UpdateApiKeyRequest
{
    /// <summary>1–100 characters, not blank.</summary>
    /// <example>Nightly sync</example>
    [Label]
    public Optional<string?> Name { get; init; }

    /// <summary>The complete list of scopes. Adding one requires a fresh session.</summary>
    /// <example>["users:list"]</example>
    [Scopes]
    public Optional<IReadOnlyList<string>?> Scopes { get; init; }

    /// <summary>The complete list of networks; empty or null for all. Allowing more addresses requires a fresh session.</summary>
    /// <example>["203.0.113.0/24"]</example>
    [Networks]
    public Optional<IReadOnlyList<string>?> AllowedNetworks { get; init; }

    internal ApiKeyPatch ToPatch() => new(Name, Scopes, AllowedNetworks);
}

/// <summary>How to rotate an API key.</summary>
public sealed record RotateApiKeyRequest
{
    /// <summary>How many hours the current secret stays valid: 0–168. Default: 24.</summary>
    /// <example>24</example>
    [Range(0, ApiKeyRotation.MaxOverlapHours, ErrorMessage = "The overlap must be between 0 and 168 hours.")]
    public int? OverlapHours { get; init; }

    /// <summary>How many days the key is valid from now. Absent: the expiry stays as it is.</summary>
    /// <example>90</example>
    public int? ExpiresInDays { get; init; }

    internal static ApiKeyRotation ToRotation(RotateApiKeyRequest? request, ExpectedVersions expected) =>
        new(request?.OverlapHours ?? ApiKeyRotation.DefaultOverlapHours, request?.ExpiresInDays, expected);
}

/// <summary>A key that was found where it must not be.</summary>
public sealed record ReportApiKeyRequest
{
    /// <summary>The secret.</summary>
    /// <example>rt_pat_000000000000000000000000000000000000000000000000</example>
    public required string Key { get; init; }
}

/// <summary>Filters and page of a list of API keys.</summary>
public sealed record ApiKeyListRequest : ListRequest
{
    /// <summary>The id of the user who owns the keys.</summary>
    [TextLength(36, "not_an_id", ErrorMessage = "This is not an id.")]
    public string? UserId { get; init; }

    /// <summary>The id of the service account that owns the keys.</summary>
    [TextLength(36, "not_an_id", ErrorMessage = "This is not an id.")]
    public string? ServiceAccountId { get; init; }

    /// <summary>Whether the keys are neither expired nor revoked.</summary>
    public bool? Live { get; init; }

    internal ApiKeyFilter ToFilter() => new(UserId, ServiceAccountId, Live);
}
