using Roundtable.Application.Common;

namespace Roundtable.Application.ApiKeys;

/// <summary>Adds the user's API keys to the account export.</summary>
public sealed class UserApiKeysData(IApiKeyRepository keys) : IAccountData
{
    public string Name => "apiKeys";

    public async Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct) =>
        [.. (await keys.ListAsync(ApiKeyOwner.User(userId), ct)).Reverse()];
}
