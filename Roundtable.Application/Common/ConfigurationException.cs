namespace Roundtable.Application.Common;

/// <summary>Thrown when the configuration is invalid at startup. The message names the keys and never contains a value.</summary>
public sealed class ConfigurationException(IReadOnlyList<ConfigurationProblem> problems, Exception? inner = null)
    : Exception(string.Join('\n', problems), inner)
{
    public ConfigurationException(string key, string problem, Exception? inner = null)
        : this([new ConfigurationProblem(key, problem)], inner) { }

    public IReadOnlyList<ConfigurationProblem> Problems => problems;
}

/// <summary>A problem with one setting.</summary>
/// <param name="Key">The setting, as <c>Section:Key</c>.</param>
/// <param name="Problem">The problem, without the value; completes a sentence that begins with the key.</param>
public sealed record ConfigurationProblem(string Key, string Problem)
{
    public override string ToString() => $"{Key} {Problem}.";
}
