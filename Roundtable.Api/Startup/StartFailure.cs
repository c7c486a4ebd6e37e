using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>Describes why startup failed, as lines of output and an exit code.</summary>
internal static partial class StartFailure
{
    private const int BadSettings = 1;
    private const int BadArguments = 2;

    /// <summary>Returns null for exceptions that are bugs: those may show their stack trace.</summary>
    public static (IReadOnlyList<string> Lines, int ExitCode)? Of(Exception exception) =>
        exception switch
        {
            UsageException e => ([e.Message, "", CommandLine.Usage], BadArguments),
            ConfigurationException e => (Settings(e.Problems.Select(p => p.ToString())), BadSettings),
            OptionsValidationException e => (Settings(e.Failures), BadSettings),
            InvalidDataException e => (Settings([e.Message]), BadSettings),
            _ => null,
        };

    /// <summary>Puts a text on one line.</summary>
    public static string OneLine(string text) => LineBreaks().Replace(text, " ");

    private static List<string> Settings(IEnumerable<string> problems) => [.. problems.Select(p => $"Configuration: {OneLine(p)}")];

    [GeneratedRegex("\\s+")]
    private static partial Regex LineBreaks();
}
