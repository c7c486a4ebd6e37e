using Roundtable.Api.Startup;

namespace Roundtable.Tests.Support;

/// <summary>
/// A run of the program inside the test process, for runs that end before serving: commands, and invalid arguments and settings. Tests
/// that need a separate process (signals, the working directory, the console) use <see cref="ServerProcess"/>.
/// </summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public IReadOnlyList<string> ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public IReadOnlyList<string> OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <param name="folder">The content root.</param>
    /// <param name="settings">As <c>Section:Key</c>; the last value of a name wins.</param>
    public static async Task<ProgramRun> RunAsync(
        string folder,
        IEnumerable<(string Key, string Value)> settings,
        params string[] arguments
    )
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["environment"] = "Development",
            ["contentRoot"] = folder,
            ["Urls"] = "http://127.0.0.1:0",
            ["App:PublicUrl"] = "http://localhost",
        };
        foreach (var (key, value) in settings)
        {
            all[key == "ASPNETCORE_ENVIRONMENT" ? "environment" : key] = value;
        }

        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        // Insert between the command and its options, the last of which may lack its value.
        var at = arguments is [['-', ..], ..] or [] ? 0 : 1;
        string[] args = [.. arguments[..at], .. all.Select(s => $"--{s.Key}={s.Value}"), .. arguments[at..]];
        var exitCode = await Task.Run(() => EntryPoint.RunAsync(args, output, errors)).WaitAsync(Limit);
        return new ProgramRun(exitCode, output.ToString(), errors.ToString());
    }
}
