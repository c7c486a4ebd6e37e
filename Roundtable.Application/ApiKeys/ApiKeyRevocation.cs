using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ApiKeys;

/// <summary>Ends the API keys of an account that others than its owner may have.</summary>
[ScopedService]
public sealed class ApiKeyRevocation(IApiKeyRepository keys, ApiKeyNotices notices, IUnitOfWork unitOfWork)
{
    /// <summary>Ends all keys of the user.</summary>
    /// <param name="actor">The user who recovers the account; null if a session identifies the actor.</param>
    public async Task EndAllAsync(User user, User? actor, CancellationToken ct) =>
        End(await keys.LoadLiveAsync(user.Id, null, unitOfWork.UtcNow, ct), actor);

    /// <summary>
    /// Ends the keys that were created, or got a new secret, since the id was created; also those that the user created for service
    /// accounts, which an intruder with an admin's session may keep.
    /// </summary>
    public async Task EndSetAfterAsync(User user, string id, CancellationToken ct)
    {
        End(await keys.LoadLiveAsync(user.Id, id, unitOfWork.UtcNow, ct), user);
        End(await keys.LoadCreatedByAsync(user.Id, id, unitOfWork.UtcNow, ct), user);
    }

    private void End(IEnumerable<ApiKey> ended, User? actor)
    {
        foreach (var key in ended)
        {
            key.Revoke(unitOfWork.UtcNow);
            notices.Record(AuditActions.ApiKeyRevoked, key, new ApiKeyRevoked(EventApiKey.Of(key)), actor);
        }
    }
}
