using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Roundtable.Api.Startup;
using Roundtable.Application.Common;

namespace Roundtable.Api.Operations;

/// <summary>
/// The command <c>doctor</c>: checks everything that an installation needs and prints one line of advice for each. Changes
/// nothing and shows no secrets. Exit code 1 if there is a problem; warnings do not count.
/// </summary>
internal static class DoctorCommand
{
    public const string Name = "doctor";

    /// <summary>Reports settings with which the program could not be built; the other checks cannot run.</summary>
    public static int Report(ConfigurationException broken, TextWriter output)
    {
        foreach (var problem in broken.Problems)
        {
            Write(output, "problem", "configuration", problem.ToString());
        }

        return 1;
    }

    public static async Task<int> RunAsync(WebApplication app, TextWriter output)
    {
        var failed = WriteSettings(app, app.Services.GetRequiredService<IOptions<AppOptions>>().Value, output);
        await using var scope = app.Services.CreateAsyncScope();
        var report = await scope
            .ServiceProvider.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(c => c.Tags.Contains(HealthTags.Doctor));
        foreach (var (name, entry) in report.Entries)
        {
            failed |= entry.Status == HealthStatus.Unhealthy;
            var text = entry.Exception is { } e ? $"The check itself failed ({e.GetType().Name})." : entry.Description ?? "";
            var place = entry.Data.GetValueOrDefault(Finding.Path) is string path ? $" ({path})" : "";
            Write(output, Word(entry.Status), HealthSetup.ShortName(name), text + place);
        }

        return failed ? 1 : 0;
    }

    // In Production these prevent startup, or would.
    private static bool WriteSettings(WebApplication app, AppOptions options, TextWriter output)
    {
        var found = app.Environment.IsDevelopment() ? [] : ProductionRules.Find(app.Configuration, options).ToList();
        foreach (var problem in found)
        {
            Write(output, options.AllowDevelopmentDefaults ? "warning" : "problem", "configuration", problem.ToString());
        }

        if (found.Count == 0)
        {
            Write(output, "ok", "configuration", $"The settings are valid ({app.Environment.EnvironmentName}).");
        }

        return found.Count > 0 && !options.AllowDevelopmentDefaults;
    }

    private static string Word(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "ok",
            HealthStatus.Degraded => "warning",
            _ => "problem",
        };

    private static void Write(TextWriter output, string word, string name, string text) =>
        output.WriteLine($"{word} {name}: {StartFailure.OneLine(text)}");
}
