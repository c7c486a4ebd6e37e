namespace Roundtable.Api.Common;

/// <summary>The errors of an endpoint besides the common ones. The API document lists them by status.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProducesErrorsAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes => codes;
}
