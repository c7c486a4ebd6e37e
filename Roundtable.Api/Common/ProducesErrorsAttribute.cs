namespace Roundtable.Api.Common;

/// <summary>The errors that an endpoint answers besides what every endpoint can: the API document lists them by status.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProducesErrorsAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes => codes;
}
