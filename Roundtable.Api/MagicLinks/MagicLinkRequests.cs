using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;

namespace Roundtable.Api.MagicLinks;

/// <summary>Asks for a link.</summary>
public sealed record MagicLinkRequest
{
    /// <summary>The address to mail it to.</summary>
    /// <example>ada@example.com</example>
    [Mailbox]
    public required string Email { get; init; }

    /// <summary>The name for a new account; ignored where there is one.</summary>
    /// <example>Ada Lovelace</example>
    [PersonName]
    public string? Name { get; init; }

    /// <summary>Where to go on to after signing in: a local path, or an address of a trusted origin.</summary>
    /// <example>/projects</example>
    public CallbackUrl CallbackUrl { get; init; }
}

/// <summary>Carries the secret of a mailed link.</summary>
public sealed record TokenRequest
{
    /// <summary>What stands behind <c>#token=</c> in the link.</summary>
    /// <example>kX9vJ2mQ7yT4wB1nZ8cL5rH3dF6gS0pAeUiOxKqWzYM</example>
    [StringLength(256, ErrorMessage = "The token is too long.")]
    public required string Token { get; init; }
}
