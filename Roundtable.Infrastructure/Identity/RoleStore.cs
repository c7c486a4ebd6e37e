using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Roles;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Identity;

/// <summary>EF Core's role store for roles that are identified by name and whose permissions are claims in the role's own row.</summary>
internal sealed class RoleStore(RoundtableDbContext db, IdentityErrorDescriber describer, TimeProvider clock)
    : RoleStore<Role, RoundtableDbContext, string, UserRole, IdentityRoleClaim<string>>(db, describer)
{
    public override Task<Role?> FindByIdAsync(string id, CancellationToken cancellationToken = default) =>
        Context.Roles.FirstOrDefaultAsync(r => r.Name == id, cancellationToken);

    public override Task<Role?> FindByNameAsync(string normalizedName, CancellationToken cancellationToken = default) =>
        FindByIdAsync(normalizedName, cancellationToken);

    /// <summary>Saves the changes, also of a role that was loaded elsewhere.</summary>
    public override async Task<IdentityResult> UpdateAsync(Role role, CancellationToken cancellationToken = default)
    {
        if (Context.Entry(role).State == EntityState.Detached && await FindByIdAsync(role.Name, cancellationToken) is { } known)
        {
            Context.Entry(known).CurrentValues.SetValues(role);
        }

        await SaveChanges(cancellationToken);
        return IdentityResult.Success;
    }

    public override async Task<IList<Claim>> GetClaimsAsync(Role role, CancellationToken cancellationToken = default) =>
        [.. role.Permissions.Select(p => new Claim(Permissions.ClaimType, p)), .. await base.GetClaimsAsync(role, cancellationToken)];

    public override Task AddClaimAsync(Role role, Claim claim, CancellationToken cancellationToken = default)
    {
        if (claim.Type != Permissions.ClaimType)
        {
            return base.AddClaimAsync(role, claim, cancellationToken);
        }

        role.SetPermissions(role.Permissions.Append(claim.Value), clock.GetUtcNow().UtcDateTime);
        return Task.CompletedTask;
    }

    public override Task RemoveClaimAsync(Role role, Claim claim, CancellationToken cancellationToken = default)
    {
        if (claim.Type != Permissions.ClaimType)
        {
            return base.RemoveClaimAsync(role, claim, cancellationToken);
        }

        role.SetPermissions(role.Permissions.Where(p => p != claim.Value), clock.GetUtcNow().UtcDateTime);
        return Task.CompletedTask;
    }
}
