using Roundtable.Application.ApiKeys;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Api.Sessions;

/// <summary>The caller: a user with a session, or the owner of an API key.</summary>
public sealed record SignedInSession
{
    /// <summary>The user; null for a service account.</summary>
    public required UserDto? User { get; init; }

    /// <summary>The service account; null for a user.</summary>
    public ServiceAccountIdentity? ServiceAccount { get; init; }

    /// <summary>The session of this browser; null with an API key.</summary>
    public required SessionDto? Session { get; init; }

    /// <summary>The API key of this request; null with a session.</summary>
    public ApiKeyDto? ApiKey { get; init; }

    /// <summary>The permissions from all roles; for an API key, those within its scopes.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }
}

/// <summary>A service account that calls.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Name">The name.</param>
public sealed record ServiceAccountIdentity(string Id, string Name);
