namespace Roundtable.Api.Logging;

/// <summary>
/// Names an endpoint: its operation id in the API document, and the line that each call of it logs, with who called, on what,
/// and how it ended.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OperationAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>What kind of event it is: <c>operation</c>, <c>auth</c> or <c>security</c>.</summary>
    public string LogType { get; set; } = "operation";
}
