using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ApiKeys;

/// <summary>Lists the API keys that still work after an account was recovered.</summary>
[ScopedService]
public sealed class LiveApiKeys(IApiKeyRepository keys, IUnitOfWork unitOfWork, IOptions<AppOptions> app)
{
    /// <summary>Returns the values of a mail that lists them; none if there are no keys.</summary>
    public async Task<(string Name, string? Value)[]> DescribeAsync(User user, CancellationToken ct)
    {
        var live = await keys.LoadLiveAsync(user.Id, null, unitOfWork.UtcNow, ct);
        return live.Count == 0
            ? []
            :
            [
                ("apiKeys", string.Join(", ", live.Select(k => $"{k.Name} ({k.Prefix}…)"))),
                ("keysLink", $"{app.Value.PublicUrl.TrimEnd('/')}/account/api-keys"),
            ];
    }
}
