using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Roles;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Identity;

/// <summary>Identity's role store over our roles, whose name is their key.</summary>
internal sealed class RoleStore(RoundtableDbContext db) : IRoleStore<Role>
{
    public Task<string> GetRoleIdAsync(Role role, CancellationToken cancellationToken) => Task.FromResult(role.Name);

    public Task<string?> GetRoleNameAsync(Role role, CancellationToken cancellationToken) => Task.FromResult<string?>(role.Name);

    public Task<string?> GetNormalizedRoleNameAsync(Role role, CancellationToken cancellationToken) => Task.FromResult<string?>(role.Name);

    public Task<Role?> FindByIdAsync(string roleId, CancellationToken cancellationToken) => db.Roles.FirstOrDefaultAsync(r => r.Name == roleId, cancellationToken);

    public Task<Role?> FindByNameAsync(string normalizedRoleName, CancellationToken cancellationToken) => FindByIdAsync(normalizedRoleName, cancellationToken);

    public async Task<IdentityResult> CreateAsync(Role role, CancellationToken cancellationToken)
    {
        db.Roles.Add(role);
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Role role, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(Role role, CancellationToken cancellationToken)
    {
        db.Roles.Remove(role);
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    // A role's name is its key and never changes.
    public Task SetRoleNameAsync(Role role, string? roleName, CancellationToken cancellationToken) => throw new NotSupportedException("Roles are not renamed.");

    public Task SetNormalizedRoleNameAsync(Role role, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // The context belongs to the scope.
    }
}
