using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.ApiKeys;

namespace Roundtable.Application.ApiKeys;

/// <summary>Mails owners before their keys expire, and records that they have expired.</summary>
[ScopedService]
public sealed class ApiKeyExpiry(IApiKeyRepository keys, ApiKeyNotices notices, IUnitOfWork unitOfWork)
{
    private const int BatchSize = 50;

    /// <summary>Handles all keys that are due. Can run on several instances at once: each notice is mailed once.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await RunAsync(ApiKeyExpiryStage.Expired, TimeSpan.Zero, ct);
        await RunAsync(ApiKeyExpiryStage.LastNotice, ApiKey.LastNoticeBefore, ct);
        await RunAsync(ApiKeyExpiryStage.FirstNotice, ApiKey.FirstNoticeBefore, ct);
    }

    private async Task RunAsync(ApiKeyExpiryStage stage, TimeSpan before, CancellationToken ct)
    {
        Result<int> handled;
        do
        {
            handled = await unitOfWork.ExecuteAsync<Result<int>>(
                async ct =>
                {
                    var due = await keys.LoadExpiringAsync(stage, unitOfWork.UtcNow + before, BatchSize, ct);
                    foreach (var key in due)
                    {
                        Notify(key, stage);
                    }

                    return due.Count;
                },
                ct
            );
        } while (handled is { Failed: false, Value: BatchSize });
    }

    private void Notify(ApiKey key, ApiKeyExpiryStage stage)
    {
        key.Reach(stage);
        if (stage == ApiKeyExpiryStage.Expired)
        {
            notices.Record(AuditActions.ApiKeyExpired, key, new ApiKeyExpired(EventApiKey.Of(key)));
        }
        else
        {
            notices.Expiring(key);
        }
    }
}
