using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>Reads settings before anything starts, so that a wrong one ends the start with one line that names it.</summary>
internal static partial class Settings
{
    /// <summary>Reads a section and registers it. Throws as <see cref="Read"/> does.</summary>
    public static T Bind<T>(WebApplicationBuilder builder, string section)
        where T : class, new()
    {
        var options = Read<T>(builder.Configuration, section);
        builder.Services.AddSingleton(Options.Create(options));
        return options;
    }

    /// <summary>Throws <see cref="ConfigurationException"/> for values of the wrong type and names that do not exist.</summary>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        CheckNames(configuration.GetSection(section), typeof(T));
        var options = new T();
        try
        {
            configuration.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException e) when (ConversionFailure().Match(e.Message) is { Success: true } failure)
        {
            throw new ConfigurationException(failure.Groups["key"].Value, $"must be {Describe(failure.Groups["type"].Value, typeof(T).Assembly)}", e);
        }

        return options;
    }

    // The framework's own check names the last part of a key only.
    private static void CheckNames(IConfigurationSection section, Type type)
    {
        foreach (var setting in section.GetChildren())
        {
            if (type.GetProperty(setting.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is not { CanWrite: true } property)
            {
                throw new ConfigurationException(setting.Path, "is not a setting that exists");
            }

            var isList = property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType);
            if (isList && !string.IsNullOrEmpty(setting.Value))
            {
                throw new ConfigurationException(setting.Path, $"is a list: number its values, {setting.Path}:0 and on");
            }

            if (!isList && property.PropertyType is { IsClass: true } nested && nested != typeof(string))
            {
                CheckNames(setting, nested);
            }
        }
    }

    private static string Describe(string type, Assembly declaring) => type switch
    {
        "System.TimeSpan" => "a time span (such as 00:05:00 or 7.00:00:00)",
        "System.Boolean" => "true or false",
        "System.Int32" => "a whole number",
        _ when declaring.GetType(type) is { IsEnum: true } names => $"one of {string.Join(", ", Enum.GetNames(names))}",
        _ => $"a {type[(type.LastIndexOf('.') + 1)..]}",
    };

    [GeneratedRegex("at '(?<key>[^']+)' to type '(?<type>[^']+)'")]
    private static partial Regex ConversionFailure();
}
