using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Application.TwoFactor;

namespace Roundtable.Api.TwoFactor;

/// <summary>An authenticator app code.</summary>
public sealed record TwoFactorCodeRequest
{
    /// <summary>Six digits. Spaces between them are ignored.</summary>
    /// <example>492039</example>
    [TextPattern("^\\s*([0-9]\\s*){6}$", "six_digits", ErrorMessage = "The code has six digits.")]
    public required string Code { get; init; }
}

/// <summary>The current second factor, required to change it.</summary>
/// <example>{"code":"492039"}</example>
public sealed record PresentFactorRequest : IValidatableObject
{
    /// <summary>The authenticator app's six-digit code.</summary>
    /// <example>492039</example>
    [TextPattern("^[0-9]{6}$", "six_digits", ErrorMessage = "The code has six digits.")]
    public string? Code { get; init; }

    /// <summary>A recovery code, instead of a code. It is used up.</summary>
    /// <example>7K2M-9QXT-4W1N-8ZCR</example>
    [StringLength(64, ErrorMessage = "The recovery code is too long.")]
    public string? RecoveryCode { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Code is not null && RecoveryCode is not null)
        {
            yield return new FieldValidationResult(new("required", "Enter a code or a recovery code."), "code");
        }
    }

    internal static PresentFactor Shown(PresentFactorRequest? request) => new(request?.Code, request?.RecoveryCode);
}

/// <summary>The second factor of a sign-in.</summary>
/// <example>{"code":"492039","trustBrowser":false}</example>
public sealed record TwoFactorVerifyRequest : IValidatableObject
{
    /// <summary>The authenticator app's six-digit code. Spaces are ignored.</summary>
    /// <example>492039</example>
    [TextPattern("^\\s*([0-9]\\s*){6}$", "six_digits", ErrorMessage = "The code has six digits.")]
    public string? Code { get; init; }

    /// <summary>A recovery code, instead of a code. Case, spaces and hyphens are ignored; O is read as 0, and I and l as 1.</summary>
    /// <example>7K2M-9QXT-4W1N-8ZCR</example>
    [StringLength(64, ErrorMessage = "The recovery code is too long.")]
    public string? RecoveryCode { get; init; }

    /// <summary>Whether to skip the second factor in this browser for 30 days. Default: false.</summary>
    public bool TrustBrowser { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Code is null == RecoveryCode is null)
        {
            yield return new FieldValidationResult(new("required", "Enter a code or a recovery code."), "code");
        }
    }
}
