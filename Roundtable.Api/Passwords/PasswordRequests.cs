using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Api.Profiles;
using Roundtable.Application.Passwords;

namespace Roundtable.Api.Passwords;

/// <summary>A sign-up with a password.</summary>
public sealed record SignUpRequest
{
    /// <summary>The e-mail address to register.</summary>
    /// <example>ada@example.com</example>
    [Mailbox]
    public required string Email { get; init; }

    /// <summary>10–128 characters. Must not be a common password or your name or address.</summary>
    /// <example>correct horse battery</example>
    [NewPassword]
    [AsTyped]
    public required string Password { get; init; }

    /// <summary>The name shown to other users.</summary>
    /// <example>Ada Lovelace</example>
    [PersonName]
    public required string Name { get; init; }
}

/// <summary>A sign-in with a password.</summary>
public sealed record SignInRequest
{
    /// <summary>The account's e-mail address.</summary>
    /// <example>ada@example.com</example>
    [StringLength(1024, ErrorMessage = "The address is too long.")]
    public required string Email { get; init; }

    /// <summary>The account's password.</summary>
    /// <example>correct horse battery</example>
    [StringLength(1024, ErrorMessage = "The password is too long.")]
    [AsTyped]
    public required string Password { get; init; }

    /// <summary>Whether to stay signed in after the browser closes. Default: true.</summary>
    public bool RememberMe { get; init; } = true;
}

/// <summary>Credentials to re-authenticate.</summary>
public sealed record ReauthenticateRequest
{
    /// <summary>The account's password.</summary>
    /// <example>correct horse battery</example>
    [StringLength(1024, ErrorMessage = "The password is too long.")]
    [AsTyped]
    public required string Password { get; init; }

    /// <summary>The authenticator app's code, if two-factor is on.</summary>
    /// <example>492039</example>
    [StringLength(64, ErrorMessage = "The code is too long.")]
    public string? Code { get; init; }
}

/// <summary>An e-mail address.</summary>
public sealed record EmailRequest
{
    /// <summary>The e-mail address.</summary>
    /// <example>ada@example.com</example>
    [Mailbox]
    public required string Email { get; init; }
}

/// <summary>A new password and the link's token.</summary>
public sealed record ResetPasswordRequest
{
    /// <summary>The value after <c>#token=</c> in the link.</summary>
    /// <example>kX9vJ2mQ7yT4wB1nZ8cL5rH3dF6gS0pAeUiOxKqWzYM</example>
    [StringLength(256, ErrorMessage = "The token is too long.")]
    public required string Token { get; init; }

    /// <summary>10–128 characters. Must not be a common password or your name or address.</summary>
    /// <example>correct horse battery</example>
    [NewPassword]
    [AsTyped]
    public required string NewPassword { get; init; }

    /// <summary>Whether to also remove all passkeys, in case an attacker added one. Default: false.</summary>
    public bool RemovePasskeys { get; init; }

    /// <summary>Whether to also remove all external logins, in case an attacker connected one. Default: false.</summary>
    public bool RemoveLogins { get; init; }

    internal ResetScope ToScope() => new(RemovePasskeys, RemoveLogins);
}

/// <summary>A password change.</summary>
public sealed record ChangePasswordRequest
{
    /// <summary>The current password; absent if there is none.</summary>
    /// <example>correct horse battery</example>
    [StringLength(1024, ErrorMessage = "The password is too long.")]
    [AsTyped]
    public string? CurrentPassword { get; init; }

    /// <summary>10–128 characters. Must not be a common password or your name or address.</summary>
    /// <example>purple stapler fountain</example>
    [NewPassword]
    [AsTyped]
    public required string NewPassword { get; init; }
}
