using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ApiKeys;

/// <summary>Ends the API keys of an account that others than its owner may have.</summary>
[ScopedService]
public sealed class ApiKeyRevocation(IApiKeyRepository keys, ApiKeyNotices notices, IUnitOfWork unitOfWork)
{
    /// <summary>Ends all keys of the user.</summary>
    /// <param name="actor">The user who recovers the account; null if a session identifies the actor.</param>
    public Task EndAllAsync(User user, User? actor, CancellationToken ct) => EndAsync(user, null, actor, ct);

    /// <summary>Ends the keys that were created, or got a new secret, since the id was created.</summary>
    public Task EndSetAfterAsync(User user, string id, CancellationToken ct) => EndAsync(user, id, user, ct);

    private async Task EndAsync(User user, string? afterId, User? actor, CancellationToken ct)
    {
        foreach (var key in await keys.LoadLiveAsync(user.Id, afterId, unitOfWork.UtcNow, ct))
        {
            key.Revoke(unitOfWork.UtcNow);
            notices.Record(AuditActions.ApiKeyRevoked, key, new ApiKeyRevoked(EventApiKey.Of(key)), actor);
        }
    }
}
