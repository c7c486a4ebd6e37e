using System.Collections.Frozen;
using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>
/// The known top-level setting names, and the names in sections that are read individually. Other sections are checked against
/// their options (see <see cref="Settings"/>).
/// </summary>
internal static class SettingNames
{
    // With the direct children of sections that are not bound to our options; empty for the others.
    private static readonly FrozenDictionary<string, string[]> Sections = new Dictionary<string, string[]>
    {
        ["ApiKeys"] = [],
        ["App"] = [],
        ["Audit"] = [],
        ["Auth"] = [],
        ["AutoMapper"] = ["LicenseKey"],
        ["Cleanup"] = [],
        ["ConnectionStrings"] = ["Roundtable"],
        ["Database"] = [],
        ["DataProtection"] = [],
        ["Email"] = [],
        ["hostBuilder"] = ["reloadConfigOnChange"],
        ["Kestrel"] = ["Certificates", "EndpointDefaults", "Endpoints"],
        ["Logging"] = ["Console", "Debug", "EventLog", "EventSource", "File", "LogLevel"],
        ["Otlp"] = [],
        ["Profile"] = [],
        ["RateLimiting"] = [],
        ["Serilog"] =
        [
            "Destructure",
            "Enrich",
            "Filter",
            "FilterSwitches",
            "LevelSwitches",
            "MinimumLevel",
            "Properties",
            "Using",
            "WriteTo",
            "AuditTo",
        ],
        ["Webhooks"] = [],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Values = new[]
    {
        "Urls",
        "AllowedHosts",
        "environment",
        "contentRoot",
        "applicationName",
        "webRoot",
        "hostingStartupAssemblies",
        "preventHostingStartup",
        "shutdownTimeoutSeconds",
        "$schema",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsSection(string name) => Sections.ContainsKey(name);

    public static bool IsValue(string name) => Values.Contains(name);

    /// <summary>Finds unknown top-level names in files, and unknown names in individually read sections from any source.</summary>
    public static IEnumerable<ConfigurationProblem> Check(IConfigurationRoot configuration)
    {
        // Excludes the environment, which contains names of other programs; the command line was checked when parsed.
        var files = configuration.Providers.OfType<FileConfigurationProvider>().ToList();
        foreach (
            var name in files
                .SelectMany(f => f.GetChildKeys([], null))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(n => !IsSection(n) && !IsValue(n))
        )
        {
            yield return new ConfigurationProblem(name, Settings.Unknown);
        }

        foreach (var name in Sections.Keys.Where(n => files.Exists(f => f.TryGet(n, out var value) && !string.IsNullOrEmpty(value))))
        {
            yield return new ConfigurationProblem(name, Settings.NoValue);
        }

        foreach (var (section, known) in Sections.Where(s => s.Value.Length > 0))
        {
            foreach (
                var setting in configuration
                    .GetSection(section)
                    .GetChildren()
                    .Where(s => !known.Contains(s.Key, StringComparer.OrdinalIgnoreCase))
            )
            {
                yield return new ConfigurationProblem(setting.Path, Settings.Unknown);
            }
        }
    }
}
