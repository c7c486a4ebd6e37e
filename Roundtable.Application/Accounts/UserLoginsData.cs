using Microsoft.AspNetCore.Identity;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Adds the user's external sign-in providers to the account export.</summary>
public sealed class UserLoginsData(UserManager<User> manager) : IAccountData
{
    public string Name => "logins";

    public async Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct) =>
        [
            .. (await manager.GetLoginsAsync(new User { Id = userId })).Select(l => new
            {
                l.LoginProvider,
                l.ProviderKey,
                l.ProviderDisplayName,
            }),
        ];
}
