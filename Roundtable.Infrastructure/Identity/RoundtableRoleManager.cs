using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Roles;
using Roundtable.Domain.Roles;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// Identity's role manager, whose calls keep the rules of roles, whoever makes them: built-in roles stay as they are, and the audit log is told. What
/// <see cref="RoleService"/> does in a unit of work of its own, it sees to itself.
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
    TimeProvider clock)
    : RoleManager<Role>(store, validators, normalizer, describer, logger)
{
    public override Task<IdentityResult> CreateAsync(Role role) => RunAsync(role, AuditActions.RoleCreated, () =>
    {
        role.SetPermissions(role.Permissions, clock.GetUtcNow().UtcDateTime);
        return base.CreateAsync(role);
    });

    public override Task<IdentityResult> DeleteAsync(Role role) => RunAsync(role, AuditActions.RoleDeleted, () => base.DeleteAsync(role));

    protected override Task<IdentityResult> UpdateRoleAsync(Role role) => RunAsync(role, AuditActions.RoleChanged, () => base.UpdateRoleAsync(role));

    private async Task<IdentityResult> RunAsync(Role role, string action, Func<Task<IdentityResult>> save)
    {
        if (unitOfWork.IsInside)
        {
            return await save();
        }

        if (RoleService.Problem(role.Name, role.Permissions) is { } problem)
        {
            db.Forget();
            return Failed(problem);
        }

        if (role.IsBuiltIn)
        {
            db.Forget();
            return Failed(RoleErrors.BuiltIn);
        }

        // Identity's validator tells roles apart by their ids, which are their names here.
        if (action == AuditActions.RoleCreated && await RoleExistsAsync(role.Name))
        {
            return IdentityResult.Failed(ErrorDescriber.DuplicateRoleName(role.Name));
        }

        var result = IdentityResult.Success;
        var done = await unitOfWork.ExecuteOnLoadedAsync<Result>(
            async ct =>
            {
                if (action == AuditActions.RoleDeleted)
                {
                    await db.UserRoles.Where(r => r.RoleName == role.Name).ExecuteDeleteAsync(ct);
                }

                result = await save();
                audit.Record(action, AuditTarget.Role(role.Name), new { permissions = role.Permissions.Order(StringComparer.Ordinal) });
                return result.Succeeded ? Result.Success : Errors.Conflict;
            },
            CancellationToken);
        return done.Failed && result.Succeeded ? Failed(done.Error!) : result;
    }

    private static IdentityResult Failed(Error error) => IdentityResult.Failed(new IdentityError { Code = error.Code, Description = error.Message });
}
