using System.ComponentModel.DataAnnotations;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>A data annotation's result with the code and limits of the error; the framework's own carries a text only.</summary>
public sealed class FieldValidationResult(FieldError error, params IEnumerable<string> members) : ValidationResult(error.Message, members)
{
    public FieldError Error => error;
}

/// <summary>A length limit with its own error code.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TextLengthAttribute(int max, string code) : StringLengthAttribute(max)
{
    public string Code => code;
}

/// <summary>A pattern with its own error code.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextPatternAttribute(string pattern, string code) : RegularExpressionAttribute(pattern)
{
    public string Code => code;
}
