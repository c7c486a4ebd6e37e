using Roundtable.Application.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Roles;

/// <summary>Checks who may grant roles and act on users.</summary>
[ScopedService]
public sealed class RoleGrants(IRoleRepository roles)
{
    /// <summary>
    /// Returns why the caller cannot grant the user these roles: <c>validation_failed</c> for an unknown role, <c>forbidden</c>; null
    /// if allowed.
    /// </summary>
    public async Task<Error?> RefusalAsync(CurrentSession caller, User user, IReadOnlyCollection<string> names, CancellationToken ct)
    {
        var known = await roles.FindAllAsync(names, ct);
        var unknown = names.Except(known.Select(r => r.Name), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return Errors.Invalid("roles", new FieldError("not_found", $"There is no role '{unknown[0]}'."));
        }

        return known.Any(r => !user.IsInRole(r.Name) && !r.Permissions.IsSubsetOf(caller.Permissions)) ? Errors.Forbidden : null;
    }

    /// <summary>
    /// Whether the user holds a permission that the caller lacks. A caller who could set such a user's password or address could take
    /// over that account.
    /// </summary>
    public async Task<bool> OutranksAsync(CurrentSession caller, User user, CancellationToken ct)
    {
        // The role that every user has grants nothing.
        var names = user.Roles.Select(r => r.RoleName).Where(n => n != Role.UserName).ToList();
        return names.Count > 0
            && !HoldsAll(caller)
            && (await roles.FindAllAsync(names, ct)).Any(r => !r.Permissions.IsSubsetOf(caller.Permissions));
    }

    /// <summary>Finds the roles with a permission that the caller lacks; a user with such a role outranks the caller.</summary>
    public async Task<IReadOnlyCollection<string>> FindOutrankingAsync(CurrentSession caller, CancellationToken ct) =>
        HoldsAll(caller) ? [] : [.. (await roles.ListAsync(ct)).Where(r => !r.Permissions.All(caller.Has)).Select(r => r.Name)];

    private static bool HoldsAll(CurrentSession caller) => Permissions.All.IsSubsetOf(caller.Permissions);
}
