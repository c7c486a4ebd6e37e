using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Roundtable.Application.ApiKeys;

namespace Roundtable.Infrastructure.ApiKeys;

/// <summary>Mails owners of API keys before they expire, for the lifetime of the process.</summary>
internal sealed partial class ApiKeyExpiryWorker(IServiceScopeFactory scopes, TimeProvider time, ILogger<ApiKeyExpiryWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = FirstAfter;
        while (true)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await RunAsync(stoppingToken);
            wait = Interval;
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ApiKeyExpiry>().RunAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The next process continues.
        }
        catch (Exception e)
        {
            NotNotified(logger, "system", "NotifyApiKeyExpiry", "retrying", e.GetBaseException().GetType().Name);
        }
    }

    [LoggerMessage(3502, LogLevel.Warning, "{logType} {operationName} {outcome}: {reason}")]
    private static partial void NotNotified(ILogger logger, string logType, string operationName, string outcome, string reason);
}
