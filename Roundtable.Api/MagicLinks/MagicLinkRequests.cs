using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Profiles;

namespace Roundtable.Api.MagicLinks;

/// <summary>A request for a sign-in link.</summary>
public sealed record MagicLinkRequest
{
    /// <summary>The e-mail address to send the link to.</summary>
    /// <example>ada@example.com</example>
    [Mailbox]
    public required string Email { get; init; }

    /// <summary>The name for a new account; ignored if the account exists.</summary>
    /// <example>Ada Lovelace</example>
    [PersonName]
    public string? Name { get; init; }

    /// <summary>The page to open after sign-in: a local path or a URL of a trusted origin.</summary>
    /// <example>/projects</example>
    public CallbackUrl CallbackUrl { get; init; }
}

/// <summary>The token of a mailed link.</summary>
public sealed record TokenRequest
{
    /// <summary>The value after <c>#token=</c> in the link.</summary>
    /// <example>kX9vJ2mQ7yT4wB1nZ8cL5rH3dF6gS0pAeUiOxKqWzYM</example>
    [StringLength(256, ErrorMessage = "The token is too long.")]
    public required string Token { get; init; }
}
