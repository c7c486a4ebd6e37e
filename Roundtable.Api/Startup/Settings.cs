using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>Reads settings before anything starts, so that a wrong one ends the start with one line that names it.</summary>
internal static partial class Settings
{
    /// <summary>Binds a section and registers it. Throws <see cref="ConfigurationException"/> for values of the wrong type and names that do not exist.</summary>
    public static T Bind<T>(WebApplicationBuilder builder, string section)
        where T : class, new()
    {
        var options = new T();
        try
        {
            builder.Configuration.GetSection(section).Bind(options, o => o.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw Explain(section, e);
        }

        builder.Services.AddSingleton(Options.Create(options));
        return options;
    }

    private static ConfigurationException Explain(string section, InvalidOperationException e)
    {
        if (ConversionFailure().Match(e.Message) is { Success: true } conversion)
        {
            return new ConfigurationException(conversion.Groups["key"].Value, $"has a value that is no {Describe(conversion.Groups["type"].Value)}", e);
        }

        var unknown = UnknownNames().Match(e.Message);
        return new ConfigurationException($"{section}:{(unknown.Success ? unknown.Groups["name"].Value : "*")}", "is not a setting that exists", e);
    }

    private static string Describe(string type) => type switch
    {
        "System.TimeSpan" => "time span (such as 00:05:00 or 7.00:00:00)",
        "System.Boolean" => "true or false",
        "System.Int32" => "whole number",
        _ => $"{type[(type.LastIndexOf('.') + 1)..]}",
    };

    [GeneratedRegex("at '(?<key>[^']+)' to type '(?<type>[^']+)'")]
    private static partial Regex ConversionFailure();

    [GeneratedRegex("were not found on the instance of .*: '(?<name>[^']+)'")]
    private static partial Regex UnknownNames();
}
