using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Accounts;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Identity;

/// <summary>The external providers that a user signs in with, in the export of the account.</summary>
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
