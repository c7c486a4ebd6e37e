using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ApiKeys;

/// <summary>Lists the API keys that still work after an account was recovered.</summary>
[ScopedService]
public sealed class LiveApiKeys(IApiKeyRepository keys, IUnitOfWork unitOfWork, IOptions<AppOptions> app)
{
    private const int MaxShown = 10;
    private const int MaxNameLength = 25;

    /// <summary>Returns the values of a mail that lists them; none if there are no keys.</summary>
    public async Task<(string Name, string? Value)[]> DescribeAsync(User user, CancellationToken ct)
    {
        // The newest first: one that an intruder created must not be the one that is cut off.
        var live = (await keys.LoadLiveAsync(user.Id, null, unitOfWork.UtcNow, ct)).OrderByDescending(k => k.Id).ToList();
        var more = live.Count > MaxShown ? $", +{live.Count - MaxShown}" : "";
        return live.Count == 0
            ? []
            :
            [
                ("apiKeys", string.Join(", ", live.Take(MaxShown).Select(Describe)) + more),
                ("keysLink", $"{app.Value.PublicUrl.TrimEnd('/')}/account/api-keys"),
            ];
    }

    private static string Describe(ApiKey key) =>
        $"{(key.Name.Length > MaxNameLength ? $"{key.Name[..MaxNameLength]}…" : key.Name)} ({key.Prefix}…)";
}
