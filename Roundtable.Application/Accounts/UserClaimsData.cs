using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Adds the claims that code has assigned to a user to the account export.</summary>
public sealed class UserClaimsData(UserManager<User> manager) : IAccountData
{
    public string Name => "claims";

    public async Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct) =>
        [.. (await manager.GetClaimsAsync(new User { Id = userId })).Select(c => new { c.Type, c.Value })];
}
