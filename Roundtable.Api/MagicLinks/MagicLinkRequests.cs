using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Profiles;
using Roundtable.Application.MagicLinks;

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

    /// <summary>The language of the mail, as a BCP 47 tag. Default: the browser's language, then that of the profile.</summary>
    /// <example>de-AT</example>
    [LanguageTag]
    public string? Locale { get; init; }

    internal MagicLinkRequestData ToData(string? browserSecret) => new(Name, CallbackUrl.Value, Locale, browserSecret);
}

/// <summary>A mailed code.</summary>
public sealed record CodeRequest
{
    /// <summary>The code as typed.</summary>
    /// <example>7K2M-9QXA</example>
    [StringLength(64, ErrorMessage = "The code is too long.")]
    public required string Code { get; init; }
}

/// <summary>How long to hold back the state of a request for a link.</summary>
public sealed record PendingRequest
{
    /// <summary>The maximum time to wait for a change, in whole seconds. Default: 0.</summary>
    [Range(0, 25, ErrorMessage = "The wait must be 0 to 25 seconds.")]
    public int Wait { get; init; }
}

/// <summary>The token of a mailed link.</summary>
public sealed record TokenRequest
{
    /// <summary>The value after <c>#token=</c> in the link.</summary>
    /// <example>kX9vJ2mQ7yT4wB1nZ8cL5rH3dF6gS0pAeUiOxKqWzYM</example>
    [StringLength(256, ErrorMessage = "The token is too long.")]
    public required string Token { get; init; }
}
