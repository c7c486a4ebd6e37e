using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;

namespace Roundtable.Infrastructure.ApiKeys;

/// <summary>Writes when API keys were last used, so that requests need not wait for it.</summary>
internal sealed partial class ApiKeyUseWorker(IServiceScopeFactory scopes, ILogger<ApiKeyUseWorker> logger) : BackgroundService, IApiKeyUses
{
    // Often enough to recognise a forgotten key, rarely enough that requests with a key stay reads.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private const int MaxPending = 1000;

    // A use that finds it full is recorded with one of the key's next requests.
    private readonly Channel<Use> pending = Channel.CreateBounded<Use>(new BoundedChannelOptions(MaxPending) { SingleReader = true });

    // Until a use is in the database, further requests with the key see the previous one.
    private readonly ConcurrentDictionary<string, byte> underWay = new(StringComparer.Ordinal);

    public void Record(ApiKeyCaller caller, IPAddress? address, DateTime nowUtc)
    {
        if (nowUtc - caller.LastUsedAtUtc < Interval || !underWay.TryAdd(caller.KeyId, 0))
        {
            return;
        }

        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        if (!pending.Writer.TryWrite(new Use(caller.KeyId, plain?.ToString(), nowUtc)))
        {
            underWay.TryRemove(caller.KeyId, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What is pending at shutdown is still written: no request follows that would record it.
        using var stopping = stoppingToken.Register(() => pending.Writer.TryComplete());
        await foreach (var use in pending.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope
                    .ServiceProvider.GetRequiredService<ApiKeyUsage>()
                    .WriteAsync(use.KeyId, use.IpAddress, use.AtUtc, use.AtUtc - Interval, CancellationToken.None);
            }
            catch (Exception e)
            {
                NotRecorded(logger, "system", "RecordApiKeyUse", "skipped", e.GetBaseException().GetType().Name);
            }
            finally
            {
                underWay.TryRemove(use.KeyId, out _);
            }
        }
    }

    [LoggerMessage(3501, LogLevel.Warning, "{logType} {operationName} {outcome}: {reason}")]
    private static partial void NotRecorded(ILogger logger, string logType, string operationName, string outcome, string reason);

    private sealed record Use(string KeyId, string? IpAddress, DateTime AtUtc);
}
