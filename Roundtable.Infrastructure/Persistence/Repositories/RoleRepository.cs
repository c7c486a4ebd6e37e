using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Roles;
using Roundtable.Domain.Roles;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class RoleRepository(RoundtableDbContext db, RoleManager<Role> manager) : IRoleRepository
{
    public async Task<IReadOnlyList<Role>> ListAsync(CancellationToken ct) =>
        await db.Roles.AsNoTracking().OrderBy(r => r.Name).ToListAsync(ct);

    public async Task<IReadOnlyDictionary<string, RoleHoldersDto>> CountHoldersAsync(CancellationToken ct) =>
        await db
            .Roles.Where(r => r.Name != Role.UserName)
            .Select(r => new
            {
                r.Name,
                Users = db.UserRoles.Count(u => u.RoleName == r.Name),
                ServiceAccounts = db.ServiceAccountRoles.Count(a => a.RoleName == r.Name),
            })
            .ToDictionaryAsync(r => r.Name, r => new RoleHoldersDto(r.Users, r.ServiceAccounts), ct);

    public Task<Role?> FindAsync(string name, CancellationToken ct) => db.Roles.AsNoTracking().FirstOrDefaultAsync(r => r.Name == name, ct);

    public Task<Role?> LoadAsync(string name, CancellationToken ct) => db.Roles.FirstOrDefaultAsync(r => r.Name == name, ct);

    public async Task<IReadOnlyList<Role>> FindAllAsync(IReadOnlyCollection<string> names, CancellationToken ct) =>
        await db.Roles.AsNoTracking().Where(r => names.Contains(r.Name)).ToListAsync(ct);

    public Task AddAsync(Role role) => manager.CreateAsync(role);

    public async Task<int> RemoveAsync(Role role, CancellationToken ct)
    {
        await db.LockRoleAsync(role.Name, ct);
        var holders = await db.UserRoles.Where(r => r.RoleName == role.Name).ExecuteDeleteAsync(ct);
        var accounts = await db.ServiceAccountRoles.Where(r => r.RoleName == role.Name).Select(r => r.ServiceAccountId).ToListAsync(ct);
        if (accounts.Count > 0)
        {
            await db
                .ServiceAccounts.Where(a => accounts.Contains(a.Id))
                .ExecuteUpdateAsync(s => s.SetProperty(a => a.Version, a => a.Version + 1), ct);
        }

        holders += await db.ServiceAccountRoles.Where(r => r.RoleName == role.Name).ExecuteDeleteAsync(ct);
        await manager.DeleteAsync(role);
        return holders;
    }
}
