using System.Collections.Frozen;

namespace Roundtable.Api.Startup;

/// <summary>The parsed command line.</summary>
/// <param name="Command">The command; null to serve.</param>
/// <param name="Options">The command's own options.</param>
/// <param name="Settings">Settings given as <c>--Section:Key=value</c>.</param>
internal sealed record CommandLine(string? Command, IReadOnlyDictionary<string, string> Options, string[] Settings)
{
    public const string Usage = """
        Roundtable: accounts, sessions and their administration.

        Usage:
          Roundtable.Api [settings]                                    serve
          Roundtable.Api migrate [settings]                            apply pending migrations and exit
          Roundtable.Api migrate --script [settings]                   print the migrations as SQL and exit
          Roundtable.Api create-admin --email ADDRESS [--name NAME]    create or promote an admin, print a one-time sign-in link
          Roundtable.Api create-service-account --name NAME --contact-email ADDRESS --role ROLE[,ROLE] --scopes SCOPE[,SCOPE]
                         [--expires-in-days DAYS]                      create an account of a program, print its first API key
          Roundtable.Api backup --to FILE [--force]                    copy the SQLite database, also while it is in use
          Roundtable.Api demo                                          fill an empty database with example data (Development only)
          Roundtable.Api doctor                                        check settings, database, mail, keys and clock; exit 1 on a fault
          Roundtable.Api openapi                                       print the API's document and exit
          Roundtable.Api --help

        Settings are given as --Section:Key=value (or as Section__Key=value in the environment, or in appsettings.json),
        for example --Urls=http://localhost:5080 or --Database:Provider=SqlServer.
        """;

    private static readonly FrozenDictionary<string, string[]> Commands = new Dictionary<string, string[]>
    {
        ["migrate"] = ["--script"],
        ["create-admin"] = ["--email", "--name"],
        ["create-service-account"] = ["--name", "--contact-email", "--role", "--scopes", "--expires-in-days"],
        ["backup"] = ["--to", "--force"],
        ["demo"] = [],
        ["doctor"] = [],
        ["openapi"] = [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public bool IsHelp => Command == "--help";

    /// <summary>Throws <see cref="UsageException"/> for unknown arguments.</summary>
    public static CommandLine Parse(string[] args)
    {
        if (args.Any(a => a is "--help" or "-h" or "-?"))
        {
            return new CommandLine("--help", FrozenDictionary<string, string>.Empty, []);
        }

        var command = args.FirstOrDefault() is { } first && !first.StartsWith('-') ? first : null;
        if (command is not null && !Commands.ContainsKey(command))
        {
            throw new UsageException($"Unknown command: {command}");
        }

        var own = command is null ? [] : Commands[command];
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new List<string>();
        for (var i = command is null ? 0 : 1; i < args.Length; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], (string?)null);
            if (own.Contains(name))
            {
                options[name] = name is "--script" or "--force" ? Nothing(name, value) : value ?? Next(args, ref i);
            }
            else if (IsSetting(name, value))
            {
                settings.Add($"{name}={value ?? Next(args, ref i)}");
            }
            else
            {
                throw new UsageException($"Unknown argument: {name}");
            }
        }

        foreach (
            var (needy, option) in (ReadOnlySpan<(string, string)>)
                [
                    ("create-admin", "--email"),
                    ("create-service-account", "--name"),
                    ("create-service-account", "--contact-email"),
                    ("create-service-account", "--role"),
                    ("create-service-account", "--scopes"),
                    ("backup", "--to"),
                ]
        )
        {
            if (command == needy && string.IsNullOrEmpty(options.GetValueOrDefault(option)))
            {
                throw new UsageException(options.ContainsKey(option) ? $"{option} needs a value" : $"{needy} needs {option}");
            }
        }

        return new CommandLine(command, options, [.. settings]);
    }

    // A section alone has no value (hosts that start the program pass it as empty), so that --email is not taken for one.
    private static bool IsSetting(string name, string? value) =>
        name.StartsWith("--", StringComparison.Ordinal)
        && (
            SettingNames.IsValue(name[2..])
            || (SettingNames.IsSection(name[2..].Split(':')[0]) && (name.Contains(':', StringComparison.Ordinal) || value == ""))
        );

    private static string Nothing(string name, string? value) => value is null ? "" : throw new UsageException($"{name} takes no value");

    private static string Next(string[] args, ref int i) =>
        i + 1 < args.Length ? args[++i] : throw new UsageException($"{args[i]} needs a value");
}

/// <summary>The exception for invalid arguments.</summary>
internal sealed class UsageException(string message) : Exception(message);
