namespace Roundtable.Application.Common;

/// <summary>Settings that the application cannot start with. The message names the keys and never shows a value.</summary>
public sealed class ConfigurationException(IReadOnlyList<ConfigurationProblem> problems, Exception? inner = null)
    : Exception(string.Join('\n', problems), inner)
{
    public ConfigurationException(string key, string problem, Exception? inner = null)
        : this([new ConfigurationProblem(key, problem)], inner) { }

    public IReadOnlyList<ConfigurationProblem> Problems => problems;
}

/// <summary>What is wrong with one setting.</summary>
/// <param name="Key">The setting, as <c>Section:Key</c>.</param>
/// <param name="Problem">What is wrong, without the value: the rest of a sentence that begins with the key.</param>
public sealed record ConfigurationProblem(string Key, string Problem)
{
    public override string ToString() => $"{Key} {Problem}.";
}
