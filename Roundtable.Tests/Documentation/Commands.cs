using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roundtable.Api.Startup;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>Looks commands up that no test can run: whether the program knows its arguments, and whether projects, scripts, files and tests are there.</summary>
internal static partial class Commands
{
    /// <summary>Says that nothing is known of the command.</summary>
    public const string NotKnown = "is neither run nor looked up";

    /// <summary>What no test can run and nothing can be looked up of, each with the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> Allowed = new Dictionary<string, string>
    {
        ["^bcp "] = "needs SQL Server and its tools; the query is parsed",
        ["^psql "] = "needs PostgreSQL",
        ["^cp -r App_Data/keys "] = "copies to a folder of the operator's own",
        ["^git (restore|status|clean) "] = "works on whatever the reader has changed",
        ["^curl .*/projects"] = "asks the feature that the template makes; templates/verify tries it",
        ["^dotnet test .*~Tests\\.Projects"] = "runs the tests of the feature that the template makes; templates/verify does",
        ["^WEBHOOK_SECRET="] = "waits for messages; WebhookTests run it",
    };

    private static readonly string[] Packages = ["client", "dashboard", "bench/dashboard"];

    private static readonly Lazy<string> Sources = new(() => string.Join('\n', Product.Tests.Sources.Concat(Product.Sources.Sources).Where(f => f.Name != "CommandTests.cs").Select(f => f.Text).Append(File.ReadAllText(Repository.PathOf("Roundtable.Api", "client.targets")))));

    private static readonly Lazy<(HashSet<string> Names, HashSet<string> Categories)> Tests = new(() =>
    {
        var methods = typeof(Commands).Assembly.GetTypes().SelectMany(t => t.GetMethods()).ToList();
        return (
            [.. methods.Select(m => $"{m.DeclaringType!.FullName}.{m.Name}")],
            [.. methods.Cast<System.Reflection.MemberInfo>().Concat(methods.Select(m => m.DeclaringType!)).SelectMany(m => m.GetCustomAttributes(typeof(CategoryAttribute), false)).Select(c => ((CategoryAttribute)c).Name)]);
    });

    /// <summary>The commands of a block: lines that go on are one, what is parted by <c>;</c> or <c>&amp;&amp;</c> is several.</summary>
    public static IEnumerable<string> Of(string text) => text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').SelectMany(Parts);

    public static bool IsAllowed(string command) => Allowed.Keys.Any(a => Regex.IsMatch(command, a));

    /// <summary>What is wrong with a command; null when it is right as far as can be seen.</summary>
    public static string? Fault(string command)
    {
        while (Assignment().Match(command) is { Success: true } assignment)
        {
            if (!Sources.Value.Contains(assignment.Groups["name"].Value, StringComparison.Ordinal))
            {
                return $"sets {assignment.Groups["name"].Value}, which nothing reads";
            }

            command = command[assignment.Length..];
        }

        var words = Word().Matches(command).Select(m => m.Value.Trim('"', '\'')).TakeWhile(w => w is not (">" or "|")).ToArray();
        return words switch
        {
            [] => null,
            ["export", var setting, ..] when setting.Contains("__", StringComparison.Ordinal) => null,
            ["export" or "unset", var variable] when Sources.Value.Contains(variable.Split('=')[0], StringComparison.Ordinal) => null,
            ["dotnet", "new", "install" or "uninstall", var folder] => Directory.Exists(Repository.PathOf(folder, ".template.config")) ? null : $"is about the template {folder}, which is not there",
            ["dotnet", "new", var template, ..] => Template(template, words),
            ["dotnet", "run", ..] => Run(words),
            ["dotnet", "Roundtable.Api.dll", ..] => Arguments(words[2..]),
            ["dotnet", "build" or "publish" or "test" or "format" or "restore", ..] => Project(words) ?? Filter(words),
            ["dotnet", "ef", "migrations", "add", ..] => Project(words) ?? Context(words),
            ["dotnet", "tool", "restore"] => null,
            ["npm", "ci" or "install"] => null,
            ["npm", "run", var script, ..] => Script(script),
            ["npm", "test" or "start", ..] => Script(words[1]),
            ["cd", var folder] => Directory.Exists(Repository.PathOf(folder)) ? null : $"goes to {folder}, which is not there",
            [var program, ..] when program.Contains('/') && !program.StartsWith('/') => File.Exists(Repository.PathOf(program)) ? null : $"starts {program}, which is not there",
            _ => NotKnown,
        };
    }

    private static string? Run(string[] words)
    {
        var end = Array.IndexOf(words, "--");
        return Project(words[..(end < 0 ? words.Length : end)]) ?? (end >= 0 && words.Contains("Roundtable.Api") ? Arguments(words[(end + 1)..]) : null);
    }

    private static string? Arguments(string[] arguments)
    {
        try
        {
            _ = CommandLine.Parse(arguments);
            return null;
        }
        catch (UsageException e)
        {
            return $"is refused by the program: {e.Message}";
        }
    }

    private static string? Project(string[] words)
    {
        var named = words.Index().Where(w => w.Index > 0 && words[w.Index - 1] is "--project" or "--startup-project").Select(w => w.Item);
        if (words is [_, "build" or "publish" or "test", var first, ..] && !first.StartsWith('-'))
        {
            named = named.Append(first);
        }

        return named.FirstOrDefault(p => !Directory.Exists(Repository.PathOf(p)) || Directory.GetFiles(Repository.PathOf(p), "*.csproj") is []) is { } missing ? $"is about the project {missing}, which is not there" : null;
    }

    private static string? Filter(string[] words)
    {
        var at = Array.IndexOf(words, "--filter");
        return at < 0 ? null : words[at + 1].Split('|', '&').Select(Matches).OfType<string>().FirstOrDefault();
    }

    private static string? Matches(string condition) => condition.Trim('"').Split('~', '=') switch
    {
        ["FullyQualifiedName", var part] => Tests.Value.Names.Any(n => n.Contains(part, StringComparison.Ordinal)) ? null : $"selects no test: none has {part} in its name",
        ["TestCategory", var category] => Tests.Value.Categories.Contains(category) ? null : $"selects no test: none has the category {category}",
        _ => $"selects tests in a way that is not known: {condition}",
    };

    private static string? Template(string name, string[] words)
    {
        var template = JsonNode.Parse(File.ReadAllText(Repository.PathOf("templates", name, ".template.config", "template.json")))!;
        var unknown = words.Where(w => w.StartsWith("--", StringComparison.Ordinal) && w != "--name" && template["symbols"]?[w[2..]] is null);
        return (string?)template["shortName"] != name ? $"makes {name}, which is no template" : unknown.FirstOrDefault() is { } option ? $"gives {option}, which the template does not take" : null;
    }

    private static string? Context(string[] words) =>
        words[Array.IndexOf(words, "--context") + 1] is var context && Product.Types.Infrastructure.Any(t => t.Name == context) ? null : $"is about {context}, which is not there";

    private static string? Script(string name) =>
        Packages.Any(p => JsonNode.Parse(File.ReadAllText(Repository.PathOf(p, "package.json")))!["scripts"]?[name] is not null) ? null : $"runs the script {name}, which no package.json has";

    private static IEnumerable<string> Parts(string line)
    {
        var part = "";
        foreach (Match piece in Piece().Matches(line))
        {
            if (piece.Value.StartsWith('#') && (part.Length == 0 || part.EndsWith(' ')))
            {
                break;
            }

            if (piece.Value is ";" or "&&")
            {
                yield return part.Trim();
                part = "";
            }
            else
            {
                part += piece.Value;
            }
        }

        if (part.Trim().Length > 0)
        {
            yield return part.Trim();
        }
    }

    [GeneratedRegex("^(?<name>(UPDATE|ROUNDTABLE|DOTNET|ASPNETCORE)_[A-Z_]+)=\\S*\\s*")]
    private static partial Regex Assignment();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|(\\$\\([^)]*\\)|[^\\s\"'])+")]
    private static partial Regex Word();

    // Quoted texts whole; a comment to its end.
    [GeneratedRegex("\"[^\"]*\"|'[^']*'|#.*|&&|;|.")]
    private static partial Regex Piece();
}
