using Roundtable.Application.Common;
using Roundtable.Application.Roles;
using Roundtable.Domain.ServiceAccounts;

namespace Roundtable.Application.ServiceAccounts;

/// <summary>Loads service accounts that the caller may change: those without a permission that the caller lacks.</summary>
[ScopedService]
public sealed class ServiceAccountGuard(IServiceAccountRepository accounts, RoleGrants grants)
{
    /// <summary>Errors: <c>not_found</c>, <c>forbidden</c>.</summary>
    public async Task<Result<ServiceAccount>> LoadAsync(Caller caller, string id, CancellationToken ct) =>
        await accounts.LoadAsync(id, ct) is not { } account ? ServiceAccountErrors.NotFound(id)
        : await grants.OutrankAsync(caller, account.Roles.Select(r => r.RoleName), ct) ? ServiceAccountErrors.Outranks
        : account;
}
