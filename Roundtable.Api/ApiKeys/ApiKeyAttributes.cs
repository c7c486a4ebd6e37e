using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Application.ApiKeys;

namespace Roundtable.Api.ApiKeys;

/// <summary>Validates the name of an API key or a service account.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LabelAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text && ApiKeyRules.Name(text) is { } problem ? new FieldValidationResult(problem) : null;
}

/// <summary>Validates the scopes of an API key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ScopesAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        // The service rejects an empty list: here it may be one of unreadable elements, which are reported.
        value is IReadOnlyList<string> { Count: > 0 } scopes
        && ApiKeyRules.Scopes(scopes) is { } problem
            ? new FieldValidationResult(problem)
            : null;
}

/// <summary>Validates the networks of an API key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NetworksAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is IReadOnlyList<string> networks && ApiKeyRules.Networks(networks) is { } problem
            ? new FieldValidationResult(problem)
            : null;
}
