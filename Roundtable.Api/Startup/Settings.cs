using System.Collections;
using System.ComponentModel;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>
/// Reads settings before startup and collects all problems, so that startup fails with one line for each instead of one problem
/// at a time.
/// </summary>
internal sealed partial class Settings(WebApplicationBuilder builder)
{
    public const string Unknown = "is not a setting that exists";
    public const string NoValue = "is a section: give the settings in it, each by its name";

    private readonly List<ConfigurationProblem> problems = [];

    /// <summary>The problems found so far, at most one per setting.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems => [.. problems.DistinctBy(p => p.Key, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Reads, checks and registers a section. Invalid values keep their defaults.</summary>
    public T Bind<T>(string section, Func<T, IEnumerable<ConfigurationProblem>>? check = null)
        where T : class, new()
    {
        var options = Read<T>(section);
        Add(check?.Invoke(options) ?? []);
        builder.Services.AddSingleton(Options.Create(options));
        return options;
    }

    /// <summary>Reads a section. Values of the wrong type and unknown names are problems.</summary>
    public T Read<T>(string section)
        where T : class, new()
    {
        Add(WrongNames(builder.Configuration.GetSection(section), typeof(T)));
        for (var wrong = new HashSet<string>(StringComparer.OrdinalIgnoreCase); ; )
        {
            var options = new T();
            try
            {
                Without(wrong).GetSection(section).Bind(options);
                return options;
            }
            catch (InvalidOperationException e)
                when (ConversionFailure().Match(e.Message) is { Success: true } failure && wrong.Add(failure.Groups["key"].Value))
            {
                // Retry without that value, as there may be other problems.
                Add([
                    new ConfigurationProblem(
                        failure.Groups["key"].Value,
                        $"must be {Describe(failure.Groups["type"].Value, typeof(T).Assembly)}"
                    ),
                ]);
            }
        }
    }

    public void Add(IEnumerable<ConfigurationProblem> found) => problems.AddRange(found);

    /// <summary>Runs an action that may fail because of settings.</summary>
    public void Try(Action action)
    {
        try
        {
            action();
        }
        catch (ConfigurationException e)
        {
            Add(e.Problems);
        }
    }

    public void ThrowIfAny()
    {
        if (problems.Count > 0)
        {
            throw new ConfigurationException(Problems);
        }
    }

    private IConfiguration Without(HashSet<string> keys) =>
        keys.Count == 0
            ? builder.Configuration
            : new ConfigurationBuilder()
                .AddInMemoryCollection(builder.Configuration.AsEnumerable().Where(s => s.Value is not null && !keys.Contains(s.Key)))
                .Build();

    // The framework's own check reports only the last part of a key.
    private static IEnumerable<ConfigurationProblem> WrongNames(IConfigurationSection section, Type type)
    {
        foreach (var setting in section.GetChildren())
        {
            if (
                type.GetProperty(setting.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
                is not { CanWrite: true } property
            )
            {
                yield return new ConfigurationProblem(setting.Path, Unknown);
                continue;
            }

            foreach (var problem in WrongNamesBelow(setting, property.PropertyType))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<ConfigurationProblem> WrongNamesBelow(IConfigurationSection setting, Type type)
    {
        var hasValue = !string.IsNullOrEmpty(setting.Value);
        return type switch
        {
            _ when type == typeof(string) || type.IsValueType => NamesBelowValue(setting),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IDictionary<,>) => hasValue
                ? [new ConfigurationProblem(setting.Path, $"is a table: name its entries, {setting.Path}:NAME")]
                : setting
                    .GetChildren()
                    .SelectMany(entry =>
                        WrongNamesBelow(entry, type.GenericTypeArguments[1]).Concat(WrongValues(entry, type.GenericTypeArguments[1]))
                    ),
            _ when typeof(IEnumerable).IsAssignableFrom(type) => hasValue || setting.GetChildren().Any(v => !v.Key.All(char.IsAsciiDigit))
                ? [new ConfigurationProblem(setting.Path, $"is a list: number its values, {setting.Path}:0, :1 and so on")]
                : setting.GetChildren().SelectMany(NamesBelowValue),
            _ => hasValue ? [new ConfigurationProblem(setting.Path, NoValue)] : WrongNames(setting, type),
        };
    }

    // The only child of a value is the file that it is read from.
    private static IEnumerable<ConfigurationProblem> NamesBelowValue(IConfigurationSection setting) =>
        setting
            .GetChildren()
            .Where(c => !$":{c.Key}".Equals(SecretFiles.Suffix, StringComparison.OrdinalIgnoreCase))
            .Select(c => new ConfigurationProblem(c.Path, Unknown));

    // The binder silently omits a dictionary entry when it cannot convert one of its values.
    private static IEnumerable<ConfigurationProblem> WrongValues(IConfigurationSection entry, Type type) =>
        from setting in entry.GetChildren()
        let property = type.GetProperty(setting.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
        where property is { PropertyType.IsValueType: true } && !string.IsNullOrEmpty(setting.Value)
        let wanted = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType
        where !CanConvert(setting.Value!, wanted)
        select new ConfigurationProblem(setting.Path, $"must be {Describe(wanted.FullName!, wanted.Assembly)}");

    private static bool CanConvert(string value, Type type)
    {
        try
        {
            _ = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Describe(string fullName, Assembly declaring) =>
        NullableType().Replace(fullName, "${type}") switch
        {
            "System.TimeSpan" => "a time span (such as 00:05:00 or 7.00:00:00)",
            "System.Boolean" => "true or false",
            "System.Int32" => "a whole number",
            "System.Decimal" => "a number",
            var type when declaring.GetType(type) is { IsEnum: true } names => $"one of {string.Join(", ", Enum.GetNames(names))}",
            var type => $"a {type[(type.LastIndexOf('.') + 1)..]}",
        };

    [GeneratedRegex(@"^System\.Nullable`1\[(?<type>[^,\]]+).*")]
    private static partial Regex NullableType();

    [GeneratedRegex("at '(?<key>[^']+)' to type '(?<type>[^']+)'")]
    private static partial Regex ConversionFailure();
}
