using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Application.Common;
using Roundtable.Application.Passwords;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Profiles;

/// <summary>Validates an e-mail address, in a conservative syntax.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailboxAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is null or Optional<string?> { IsPresent: false }
        || EmailAddress.TryParse(value is Optional<string?> given ? given.Value : value as string, out _)
            ? null
            : new FieldValidationResult(FieldErrors.NotAnAddress);
}

/// <summary>Validates a name that other users may see.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonNameAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string name && ProfileRules.Name(name) is { } reason ? new FieldValidationResult(reason) : null;
}

/// <summary>Validates a BCP 47 language tag.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LanguageTagAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string tag && ProfileRules.Locale(tag) is { } problem ? new FieldValidationResult(problem) : null;
}

/// <summary>Validates display text: not blank, bounded, no control characters but line breaks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlainTextAttribute(int maxLength) : ValidationAttribute
{
    public int MaxLength { get; } = maxLength;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value switch
        {
            null => null,
            string text when string.IsNullOrWhiteSpace(text) => new FieldValidationResult(FieldErrors.Blank("text")),
            string text when text.Length > MaxLength => new FieldValidationResult(FieldErrors.TooLong("text", MaxLength)),
            string text when ProfileRules.Text(text, lineBreaks: true) is { } reason => new FieldValidationResult(reason),
            _ => null,
        };
}

/// <summary>Validates the length of a new password; the other rules depend on the account.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NewPasswordAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string password && PasswordLength.Problem(password) is { } reason ? new FieldValidationResult(reason) : null;
}
