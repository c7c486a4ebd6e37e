using Roundtable.Api.MagicLinks;

namespace Roundtable.Api.ExternalLogins;

/// <summary>A request to sign in with an external provider.</summary>
public sealed record StartExternalSignInRequest
{
    /// <summary>The page to open after sign-in: a local path or a URL of a trusted origin.</summary>
    /// <example>/projects</example>
    public CallbackUrl CallbackUrl { get; init; }

    /// <summary>Whether the session persists when the browser closes. Default: true.</summary>
    public bool RememberMe { get; init; } = true;
}

/// <summary>Where to continue.</summary>
/// <param name="Url">The provider's address to open in this browser.</param>
public sealed record ExternalRedirect(string Url);

/// <summary>Why an external sign-in was refused.</summary>
/// <param name="Code">The error code.</param>
/// <param name="Reason">The reason of the ban; null if there is none.</param>
/// <param name="ExpiresAt">When the ban ends (UTC); null if it does not.</param>
public sealed record ExternalRefusal(string Code, string? Reason, DateTime? ExpiresAt);
