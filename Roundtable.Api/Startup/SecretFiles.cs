using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>
/// Reads settings from files: if <c>Some:Key:File</c> names one, its trimmed content is the value of <c>Some:Key</c> and
/// overrides all other sources. Containers pass secrets this way. Other providers (such as Azure Key Vault) belong here too: see
/// docs/operations.md.
/// </summary>
internal static class SecretFiles
{
    public const string Suffix = ":File";

    /// <summary>Throws <see cref="ConfigurationException"/> with a problem for each unusable file; none reveals its content.</summary>
    public static void Add(ConfigurationManager configuration)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var problems = new List<ConfigurationProblem>();
        foreach (
            var (key, path) in configuration
                .AsEnumerable()
                .Where(s => s.Key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(s.Value))
        )
        {
            try
            {
                var value = File.ReadAllText(path!).Trim();
                values[key[..^Suffix.Length]] = value;
                if (value.Length == 0)
                {
                    problems.Add(new ConfigurationProblem(key, "names a file that is empty"));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                problems.Add(new ConfigurationProblem(key, $"names a file that cannot be read ({e.GetType().Name})"));
            }
        }

        if (problems.Count > 0)
        {
            throw new ConfigurationException(problems);
        }

        if (values.Count > 0)
        {
            configuration.AddInMemoryCollection(values);
        }
    }
}
