using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Roundtable.Application.Operations;

namespace Roundtable.Infrastructure.Operations;

/// <summary>Runs the clean-up periodically in the background, for the lifetime of the process.</summary>
internal sealed class CleanupWorker(
    IServiceScopeFactory scopes,
    IOptions<CleanupOptions> options,
    TimeProvider time,
    ILogger<CleanupWorker> logger
) : BackgroundService
{
    // Startup has more important work; and instances that start together need not clean up together.
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = FirstAfter * (1 + Random.Shared.NextDouble());
        while (options.Value.Enabled)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await RunAsync(stoppingToken);
            wait = options.Value.Interval;
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var report = await scope.ServiceProvider.GetRequiredService<CleanupService>().RunAsync(ct);
            if (!report.IsEmpty)
            {
                logger.Removed(report);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The next process continues.
        }
        catch (Exception e)
        {
            logger.Failed(e);
        }
    }
}
