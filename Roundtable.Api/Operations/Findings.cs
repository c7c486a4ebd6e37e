using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Roundtable.Api.Startup;
using Roundtable.Application.Common;
using Result = System.Collections.Generic.KeyValuePair<string, Microsoft.Extensions.Diagnostics.HealthChecks.HealthReportEntry>;

namespace Roundtable.Api.Operations;

/// <summary>
/// Runs the checks of the command <c>doctor</c> in a serving instance. They read the whole file and call other systems, so that callers
/// share a run and its result is kept.
/// </summary>
public sealed class Findings(HealthCheckService checks, IOptions<HealthCheckServiceOptions> registered, TimeProvider clock)
{
    // Less than proxies wait. A check that takes longer is left to the command, which waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    // Limits what repeated requests cost.
    private static readonly TimeSpan KeptIfFreshIsAsked = TimeSpan.FromSeconds(10);

    private readonly Lock sync = new();

    // A check that did not finish in time goes on, and is not started a second time meanwhile.
    private readonly ConcurrentDictionary<string, Lazy<Task<HealthReport>>> running = new(StringComparer.Ordinal);

    private (DateTime AtUtc, Task<IReadOnlyList<Result>> Run)? last;

    /// <summary>Returns the results in the order of registration, and when they were taken.</summary>
    /// <param name="fresh">Whether a result of the last minutes is too old.</param>
    /// <param name="ct">Ends the wait, not the run.</param>
    public async Task<(DateTime AtUtc, IReadOnlyList<Result> Entries)> GetAsync(bool fresh, CancellationToken ct)
    {
        (DateTime AtUtc, Task<IReadOnlyList<Result>> Run) current;
        lock (sync)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (last is not { } run || (run.Run.IsCompleted && now - run.AtUtc > (fresh ? KeptIfFreshIsAsked : Kept)))
            {
                last = run = (now, RunAsync());
            }

            current = run;
        }

        return (current.AtUtc, await current.Run.WaitAsync(ct));
    }

    private async Task<IReadOnlyList<Result>> RunAsync() =>
        await Task.WhenAll(
            registered
                .Value.Registrations.Where(r => r.Tags.Contains(HealthTags.Findings) || r.Tags.Contains(HealthTags.Doctor))
                .Select(r => RunAsync(r.Name))
        );

    // Not cancelled with the request that started it: others may wait for it too.
    private async Task<Result> RunAsync(string name)
    {
        try
        {
            var report = await running.GetOrAdd(name, n => new(() => CheckAsync(n))).Value.WaitAsync(Patience);
            return new(name, report.Entries[name]);
        }
        catch (TimeoutException)
        {
            var late = Finding.Degraded("It did not finish in time. Run the command doctor on the server, which waits.");
            return new(name, new HealthReportEntry(late.Status, late.Description, Patience, null, late.Data));
        }
    }

    private async Task<HealthReport> CheckAsync(string name)
    {
        try
        {
            // Some checks work before they first wait.
            return await Task.Run(() => checks.CheckHealthAsync(r => r.Name == name));
        }
        finally
        {
            running.TryRemove(name, out _);
        }
    }
}

/// <summary>Checks for settings that suit only development. The command <c>doctor</c> prints a line for each instead.</summary>
internal sealed class ConfigurationCheck(IConfiguration configuration, IOptions<AppOptions> app, IHostEnvironment environment)
    : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var found = environment.IsDevelopment() ? [] : ProductionRules.Find(configuration, app.Value).Select(p => p.Key).ToList();
        return Task.FromResult(
            found.Count == 0
                ? Finding.Healthy("The settings are valid ({environment}).", ("environment", environment.EnvironmentName))
                : Finding.Degraded("Some settings suit only development: {settings}.", ("settings", string.Join(", ", found)))
        );
    }
}
