namespace Roundtable.Api.Logging;

/// <summary>
/// Names an endpoint: its operation id in the API document and the log line of each call, with the caller, the target and the
/// outcome.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OperationAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>The event type: <c>operation</c>, <c>auth</c> or <c>security</c>.</summary>
    public string LogType { get; set; } = "operation";
}
