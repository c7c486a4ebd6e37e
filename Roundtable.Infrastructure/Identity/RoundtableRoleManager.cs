using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Roles;
using Roundtable.Domain.Roles;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// Identity's role manager with the role rules applied for every caller: built-in roles cannot change, and changes are audited. <see
/// cref="RoleService"/> handles that itself in its own units of work.
/// </summary>
internal sealed class RoundtableRoleManager(
    IRoleStore<Role> store,
    IEnumerable<IRoleValidator<Role>> validators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber describer,
    ILogger<RoleManager<Role>> logger,
    UnitOfWork unitOfWork,
    RoundtableDbContext db,
    IAuditTrail audit,
    TimeProvider clock
) : RoleManager<Role>(store, validators, normalizer, describer, logger)
{
    public override Task<IdentityResult> CreateAsync(Role role) => RunAsync(role, AuditActions.RoleCreated, () =>
        {
            role.Begin(clock.GetUtcNow().UtcDateTime);
            return base.CreateAsync(role);
        });

    public override Task<IdentityResult> DeleteAsync(Role role) => RunAsync(role, AuditActions.RoleDeleted, () => base.DeleteAsync(role));

    /// <summary>A role's name is its key: create a new role and move the users to it.</summary>
    public override Task<IdentityResult> SetRoleNameAsync(Role role, string? name) =>
        Task.FromResult(IdentityResult.Failed(ErrorDescriber.InvalidRoleName(name)));

    protected override Task<IdentityResult> UpdateRoleAsync(Role role) =>
        RunAsync(role, AuditActions.RoleChanged, () => base.UpdateRoleAsync(role));

    private async Task<IdentityResult> RunAsync(Role role, string action, Func<Task<IdentityResult>> save)
    {
        var refusal = RoleService.Problem(role.Name, role.Permissions) ?? (role.IsBuiltIn ? RoleErrors.BuiltIn : null);
        if (refusal is not null)
        {
            db.Entry(role).State = EntityState.Detached;
            return Failed(refusal);
        }

        if (unitOfWork.IsInside)
        {
            return await save();
        }

        // Identity's validator distinguishes roles by their ids, which here are their names.
        if (action == AuditActions.RoleCreated && await RoleExistsAsync(role.Name))
        {
            return IdentityResult.Failed(ErrorDescriber.DuplicateRoleName(role.Name));
        }

        try
        {
            return await RunInTransactionAsync(role, action, save);
        }
        catch (DbUpdateException e)
        {
            return action == AuditActions.RoleCreated && e is not DbUpdateConcurrencyException
                ? IdentityResult.Failed(ErrorDescriber.DuplicateRoleName(role.Name))
                : IdentityResult.Failed(ErrorDescriber.ConcurrencyFailure());
        }
    }

    private async Task<IdentityResult> RunInTransactionAsync(Role role, string action, Func<Task<IdentityResult>> save)
    {
        var result = IdentityResult.Success;
        var done = await unitOfWork.ExecuteOnLoadedAsync<Result>(
            async ct =>
            {
                if (action == AuditActions.RoleDeleted)
                {
                    await RevokeFromHoldersAsync(role, ct);
                }

                result = await save();
                audit.Record(action, AuditTarget.Role(role.Name), new { permissions = role.Permissions.Order(StringComparer.Ordinal) });
                return result.Succeeded ? Result.Success : Errors.Conflict;
            },
            CancellationToken
        );
        return done.Failed && result.Succeeded ? Failed(done.Error!) : result;
    }

    private async Task RevokeFromHoldersAsync(Role role, CancellationToken ct)
    {
        foreach (var held in db.ChangeTracker.Entries<UserRole>().Where(r => r.Entity.RoleName == role.Name).ToList())
        {
            held.State = EntityState.Detached;
        }

        // Locked first: a concurrent grant waits and then does not find the role.
        await db.LockRoleAsync(role.Name, ct);
        await db.UserRoles.Where(r => r.RoleName == role.Name).ExecuteDeleteAsync(ct);
    }

    private static IdentityResult Failed(Error error) =>
        IdentityResult.Failed(new IdentityError { Code = error.Code, Description = error.Message });
}
