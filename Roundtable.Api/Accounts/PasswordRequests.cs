using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;

namespace Roundtable.Api.Accounts;

/// <summary>Registers an account.</summary>
public sealed record SignUpRequest
{
    /// <summary>The address to register.</summary>
    /// <example>ada@example.com</example>
    [Mailbox]
    public required string Email { get; init; }

    /// <summary>10–128 characters; not a common one, not your name or address.</summary>
    /// <example>correct horse battery</example>
    [NewPassword]
    [AsTyped]
    public required string Password { get; init; }

    /// <summary>The name that others see.</summary>
    /// <example>Ada Lovelace</example>
    [PersonName]
    public required string Name { get; init; }
}

/// <summary>Signs in.</summary>
public sealed record SignInRequest
{
    /// <summary>The account's address.</summary>
    /// <example>ada@example.com</example>
    [StringLength(1024, ErrorMessage = "The address is too long.")]
    public required string Email { get; init; }

    /// <summary>The account's password.</summary>
    /// <example>correct horse battery</example>
    [StringLength(1024, ErrorMessage = "The password is too long.")]
    [AsTyped]
    public required string Password { get; init; }

    /// <summary>Whether to stay signed in when the browser closes. Default: true.</summary>
    public bool RememberMe { get; init; } = true;
}

/// <summary>Proves again who somebody is.</summary>
public sealed record ReauthenticateRequest
{
    /// <summary>The account's password.</summary>
    /// <example>correct horse battery</example>
    [StringLength(1024, ErrorMessage = "The password is too long.")]
    [AsTyped]
    public required string Password { get; init; }

    /// <summary>The code of the authenticator app, with two-factor on.</summary>
    /// <example>492039</example>
    [StringLength(64, ErrorMessage = "The code is too long.")]
    public string? Code { get; init; }
}

/// <summary>Names an address.</summary>
public sealed record EmailRequest
{
    /// <summary>The address.</summary>
    /// <example>ada@example.com</example>
    [Mailbox]
    public required string Email { get; init; }
}

/// <summary>Sets a new password with a link.</summary>
public sealed record ResetPasswordRequest
{
    /// <summary>What stands behind <c>#token=</c> in the link.</summary>
    /// <example>kX9vJ2mQ7yT4wB1nZ8cL5rH3dF6gS0pAeUiOxKqWzYM</example>
    [StringLength(256, ErrorMessage = "The token is too long.")]
    public required string Token { get; init; }

    /// <summary>10–128 characters; not a common one, not your name or address.</summary>
    /// <example>correct horse battery</example>
    [NewPassword]
    [AsTyped]
    public required string NewPassword { get; init; }

    /// <summary>Whether to remove all passkeys too, in case somebody else added one. Default: false.</summary>
    public bool RemovePasskeys { get; init; }
}

/// <summary>Changes a password.</summary>
public sealed record ChangePasswordRequest
{
    /// <summary>The present password; absent when there is none.</summary>
    /// <example>correct horse battery</example>
    [StringLength(1024, ErrorMessage = "The password is too long.")]
    [AsTyped]
    public string? CurrentPassword { get; init; }

    /// <summary>10–128 characters; not a common one, not your name or address.</summary>
    /// <example>purple stapler fountain</example>
    [NewPassword]
    [AsTyped]
    public required string NewPassword { get; init; }
}
