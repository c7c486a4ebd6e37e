using System.Text;
using Roundtable.Api.Startup;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Documentation;

/// <summary>Generates docs/configuration.md from the options and their comments.</summary>
internal static class ConfigurationPage
{
    public const string Path = "docs/configuration.md";

    // Read directly from the configuration, without options classes.
    private static readonly (string Key, string Type, string Default, string Meaning)[] Others =
    [
        ("Urls", "text", $"`{Defaults.Source.InitialData!.Single().Value}`", "The addresses to listen on, separated by `;`."),
        (
            $"ConnectionStrings:{DatabaseOptions.ConnectionName}",
            "text, secret with SQL Server",
            $"`{SqliteConnectionStrings.Default}`",
            "The database. SQLite's paths start at the program's content root. Required for SQL Server."
        ),
        (
            "AutoMapper:LicenseKey",
            "text",
            "none",
            "The key of AutoMapper's licence; without one it warns once at the start. See [README.md](../README.md#licences)."
        ),
    ];

    public static string Make()
    {
        var text = new StringBuilder(
            """
            # Configuration

            Every setting, made of the options' comments in the source; a test fails when this page is stale. What has to be set before
            the first user stands under *Production* in [README.md](../README.md#production).

            A setting comes from `appsettings.json`, the environment or the command line, the later one wins:

            | where | form |
            |---|---|
            | `appsettings.json` | `{ "Auth": { "Session": { "Lifetime": "14.00:00:00" } } }` |
            | environment | `Auth__Session__Lifetime=14.00:00:00` |
            | command line | `--Auth:Session:Lifetime=14.00:00:00` |
            | a file that holds the value, for secrets | `Email__Smtp__Password__File=/run/secrets/smtp`: the trimmed content, which wins |

            The files are those beside the program, and those in the content root (the folder that it is started from, unless
            `--contentRoot` names another), which win. Relative paths start at the content root.

            Time spans are `[days.]hours:minutes:seconds`. Lists are numbered: `App:TrustedOrigins:0`, `App__TrustedOrigins__1`. NAME is a
            name of yours. Wrong values, and names that do not exist (in the environment: those that begin with a section below), end the
            start with exit code 1 and one line for each that names the key; secrets are never printed. All are read once, at the start.
            The command `doctor` says what it makes of them.

            The sections `Serilog`, `Kestrel` and, but for `Logging:File`, `Logging` are the framework's own.

            ## General


            """
        );
        Head(text);
        foreach (var (key, type, value, meaning) in Others)
        {
            Row(text, key, type, value, meaning);
        }

        foreach (var options in CodeGuards.Options(Product.Types).OrderBy(CodeGuards.SectionOf, StringComparer.Ordinal))
        {
            text.Append("\n## ")
                .Append(CodeGuards.SectionOf(options))
                .Append("\n\n")
                .Append(OptionsComments.Summary(options))
                .Append("\n\n");
            Head(text);
            Rows(text, CodeGuards.SectionOf(options), Activator.CreateInstance(options)!);
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Returns every key; <c>n</c> stands for a list index, <c>NAME</c> for a name that the operator chooses.</summary>
    public static IEnumerable<string> Keys(string section, Type options) =>
        OptionsComments
            .Writable(options)
            .Select(p => (Key: $"{section}:{p.Name}{OptionsComments.Suffix(p.PropertyType)}", p.PropertyType))
            .SelectMany(p => OptionsComments.SectionIn(p.PropertyType) is { } inner ? Keys(p.Key, inner) : [p.Key]);

    private static void Rows(StringBuilder text, string section, object options)
    {
        foreach (var property in OptionsComments.Writable(options.GetType()))
        {
            var key = $"{section}:{property.Name}{OptionsComments.Suffix(property.PropertyType)}";
            if (OptionsComments.SectionIn(property.PropertyType) is { } inner)
            {
                Rows(text, key, property.PropertyType == inner ? property.GetValue(options)! : Activator.CreateInstance(inner)!);
                continue;
            }

            var comment = OptionsComment.Of(property);
            Row(
                text,
                key,
                Kind(property.PropertyType) + (comment.IsSecret ? ", secret" : ""),
                Default(property.GetValue(options), comment.Default),
                comment.Meaning
            );
        }
    }

    private static void Head(StringBuilder text) =>
        text.Append("| key, and in the environment | type | default | meaning |\n|---|---|---|---|\n");

    private static void Row(StringBuilder text, string key, string type, string value, string meaning) =>
        text.Append("| `")
            .Append(key)
            .Append(key.Contains(':', StringComparison.Ordinal) ? $"`<br>`{key.Replace(":", "__", StringComparison.Ordinal)}" : "")
            .Append("` | ")
            .Append(type)
            .Append(" | ")
            .Append(value)
            .Append(" | ")
            .Append(meaning)
            .Append(" |\n");

    private static string Kind(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            { IsEnum: true } names => string.Join(", ", Enum.GetNames(names).Select(n => $"`{n}`")),
            var t when t == typeof(bool) => "`true`, `false`",
            var t when t == typeof(TimeSpan) => "time span",
            var t when t == typeof(int) => "whole number",
            var t when t == typeof(double) || t == typeof(decimal) => "number",
            var t when t == typeof(string) => "text",
            var t when OptionsComments.Suffix(t) == ":n" => "list of texts",
            var t when OptionsComments.ValueOf(t) == typeof(string) => "texts by name",
            var t => throw new NotSupportedException($"How is {t} written?"),
        };

    private static string Default(object? value, string words) =>
        OptionsComment.Literal(value) is { } literal
            ? $"`{literal}`{(value is TimeSpan span ? $" ({OptionsComment.Human(span)})" : "")}"
            : words;
}
