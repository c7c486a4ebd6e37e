using Roundtable.Application.Common;

namespace Roundtable.Application.ExternalLogins;

/// <summary>Adds the user's external logins to the account export.</summary>
public sealed class UserLoginsData(ILoginRepository logins) : IAccountData
{
    public string Name => "logins";

    public async Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct) =>
        [
            .. (await logins.ListAsync(userId, ct)).Select(l => new
            {
                l.LoginProvider,
                l.ProviderKey,
                l.ProviderDisplayName,
                l.Issuer,
                l.Email,
                LinkedAt = l.LinkedAtUtc,
                LastUsedAt = l.LastUsedAtUtc,
            }),
        ];
}
