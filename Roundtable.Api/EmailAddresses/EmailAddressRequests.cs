using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Api.Profiles;

namespace Roundtable.Api.EmailAddresses;

/// <summary>Proof of ownership of an address.</summary>
public sealed record VerifyEmailRequest
{
    /// <summary>The value after <c>#token=</c> in the link.</summary>
    /// <example>kX9vJ2mQ7yT4wB1nZ8cL5rH3dF6gS0pAeUiOxKqWzYM</example>
    [StringLength(256, ErrorMessage = "The token is too long.")]
    public required string Token { get; init; }

    /// <summary>The sign-up password. Send it from another browser than the one that signed up, to keep it.</summary>
    /// <example>correct horse battery</example>
    [AsTyped]
    [StringLength(1024, ErrorMessage = "The password is too long.")]
    public string? Password { get; init; }
}

/// <summary>A change of e-mail address.</summary>
public sealed record ChangeEmailRequest
{
    /// <summary>The new e-mail address.</summary>
    /// <example>ada.king@example.com</example>
    [Mailbox]
    public required string NewEmail { get; init; }
}
