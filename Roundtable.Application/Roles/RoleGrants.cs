using Roundtable.Application.Common;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Roles;

/// <summary>Checks who may grant roles and act on users.</summary>
[ScopedService]
public sealed class RoleGrants(IRoleRepository roles)
{
    /// <summary>
    /// Returns why the caller cannot grant these roles: <c>validation_failed</c> for an unknown role, <c>forbidden</c>; null
    /// if allowed.
    /// </summary>
    /// <param name="held">The roles that the user or service account has already.</param>
    public async Task<Error?> RefusalAsync(Caller caller, IEnumerable<string> held, IReadOnlyCollection<string> names, CancellationToken ct)
    {
        var known = await roles.FindAllAsync(names, ct);
        var unknown = names.Except(known.Select(r => r.Name), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return Errors.Invalid("roles", FieldErrors.Unknown("role", unknown[0]));
        }

        return known.ExceptBy(held, r => r.Name).SelectMany(r => r.Permissions).FirstOrDefault(p => !caller.Has(p)) is { } lacking
            ? Errors.Lacking(caller, lacking)
            : null;
    }

    /// <summary>
    /// Whether one of the roles has a permission that the caller lacks. A caller who could set the password or address of a user with
    /// such a role could take over that account.
    /// </summary>
    public async Task<bool> OutrankAsync(Caller caller, IEnumerable<string> held, CancellationToken ct)
    {
        // The role that every user has grants nothing.
        var names = held.Where(n => n != Role.UserName).ToList();
        return names.Count > 0
            && !HoldsAll(caller)
            && (await roles.FindAllAsync(names, ct)).Any(r => !r.Permissions.IsSubsetOf(caller.Permissions));
    }

    /// <summary>Finds the roles with a permission that the caller lacks; a user with such a role outranks the caller.</summary>
    public async Task<IReadOnlyCollection<string>> FindOutrankingAsync(Caller caller, CancellationToken ct) =>
        HoldsAll(caller) ? [] : [.. (await roles.ListAsync(ct)).Where(r => !r.Permissions.All(caller.Has)).Select(r => r.Name)];

    private static bool HoldsAll(Caller caller) => Permissions.All.IsSubsetOf(caller.Permissions);
}
