using Roundtable.Application.Common;
using Roundtable.Domain.ApiKeys;

namespace Roundtable.Application.ApiKeys;

/// <summary>Stores API keys.</summary>
public interface IApiKeyRepository
{
    void Add(ApiKey key);

    /// <summary>Loads a key with its secrets to change it in a unit of work; null if the owner has no such key.</summary>
    Task<ApiKey?> LoadAsync(ApiKeyOwner owner, string id, CancellationToken ct);

    /// <summary>The same for a key of any owner.</summary>
    Task<ApiKey?> LoadAsync(string id, CancellationToken ct);

    /// <summary>Returns the id of a key's current secret; null if there is none.</summary>
    Task<string?> FindSecretIdAsync(string id, CancellationToken ct);

    /// <summary>Finds the key that has a secret with this hash; null if there is none.</summary>
    Task<string?> FindBySecretAsync(string hash, CancellationToken ct);

    /// <summary>Loads the live keys of a user that got a secret after an id was created; null for all live keys.</summary>
    Task<IReadOnlyList<ApiKey>> LoadLiveAsync(string userId, string? afterId, DateTime nowUtc, CancellationToken ct);

    /// <summary>Loads the live keys of service accounts that the user created and that got a secret after an id was created.</summary>
    Task<IReadOnlyList<ApiKey>> LoadCreatedByAsync(string userId, string afterId, DateTime nowUtc, CancellationToken ct);

    /// <summary>Loads up to <paramref name="max"/> live keys that expire by the given time and have not reached the stage.</summary>
    Task<IReadOnlyList<ApiKey>> LoadExpiringAsync(ApiKeyExpiryStage stage, DateTime untilUtc, int max, CancellationToken ct);

    /// <summary>Returns a key for an answer, with the saved changes of the transaction.</summary>
    Task<ApiKeyDto?> ReadAsync(string id, CancellationToken ct);

    /// <summary>Lists an owner's keys, newest first.</summary>
    Task<IReadOnlyList<ApiKeyDto>> ListAsync(ApiKeyOwner owner, CancellationToken ct);

    /// <summary>Lists the keys of all owners, newest first. Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<ApiKeyDto>>> ListAllAsync(ApiKeyFilter filter, PageRequest page, DateTime nowUtc, CancellationToken ct);

    Task<int> CountLiveAsync(ApiKeyOwner owner, DateTime nowUtc, CancellationToken ct);

    /// <summary>Records a use, unless one after <paramref name="unlessSinceUtc"/> is recorded; returns 1 or 0.</summary>
    Task<int> UseAsync(string id, string? ipAddress, DateTime nowUtc, DateTime unlessSinceUtc, CancellationToken ct);
}

/// <summary>The owner of keys: a user or a service account.</summary>
public sealed record ApiKeyOwner(string? UserId, string? ServiceAccountId)
{
    public static ApiKeyOwner User(string id) => new(id, null);

    public static ApiKeyOwner ServiceAccount(string id) => new(null, id);
}

/// <summary>Filters keys; all filters must match, null ones always do.</summary>
/// <param name="Live">Whether the key is neither expired nor revoked.</param>
public sealed record ApiKeyFilter(string? UserId, string? ServiceAccountId, bool? Live);
