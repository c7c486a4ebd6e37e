using System.Text.RegularExpressions;
using AutoMapper;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Roles;

/// <summary>Manages roles: named sets of permissions.</summary>
[ScopedService]
public sealed partial class RoleService(
    IRoleRepository roles,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
)
{
    public async Task<Result<IReadOnlyList<RoleDto>>> ListAsync(CancellationToken ct) =>
        Answers(await roles.ListAsync(ct), await roles.CountHoldersAsync(ct));

    /// <summary>
    /// Creates a role or replaces its permissions. Errors: <c>validation_failed</c> for a bad name or an unknown permission,
    /// <c>conflict</c> for a built-in role, <c>forbidden</c> if the caller lacks one of the role's current or new permissions.
    /// </summary>
    public async Task<Result<SavedRole>> SaveAsync(
        CurrentSession caller,
        string name,
        IReadOnlyCollection<string> permissions,
        CancellationToken ct
    )
    {
        var created = false;
        var saved = await unitOfWork.ExecuteAsync<Result<Role>>(
            async ct =>
            {
                var role = await roles.LoadAsync(name, ct);
                if (Refusal(caller, name, role, permissions) is { } refusal)
                {
                    return refusal;
                }

                var now = clock.GetUtcNow().UtcDateTime;
                created = role is null;
                if (role is null)
                {
                    role = Role.Create(name, permissions, now);
                    await roles.AddAsync(role);
                }

                var before = created ? [] : role.Permissions.Order(StringComparer.Ordinal).ToList();
                role.SetPermissions(permissions, now);
                audit.Record(
                    created ? AuditActions.RoleCreated : AuditActions.RoleChanged,
                    AuditTarget.Role(name),
                    new { before, after = permissions }
                );
                return role;
            },
            ct
        );
        // After the commit: others need not wait while the holders are counted.
        return saved.Failed ? saved.Error! : new SavedRole(Answers([saved.Value], await roles.CountHoldersAsync(ct))[0], created);
    }

    /// <summary>
    /// Removes a role, also from its holders. Errors: <c>not_found</c>, <c>conflict</c> for a built-in role, <c>forbidden</c> for a
    /// role with a permission that the caller lacks.
    /// </summary>
    public Task<Result> DeleteAsync(CurrentSession caller, string name, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await roles.LoadAsync(name, ct) is not { } role)
                {
                    return Errors.NotFound("role", name);
                }

                if (role.IsBuiltIn)
                {
                    return RoleErrors.BuiltIn;
                }

                if (!role.Permissions.IsSubsetOf(caller.Permissions))
                {
                    return Errors.Forbidden;
                }

                var holders = await roles.RemoveAsync(role, ct);
                audit.Record(
                    AuditActions.RoleDeleted,
                    AuditTarget.Role(name),
                    new { permissions = role.Permissions.Order(StringComparer.Ordinal), holders }
                );
                return Result.Success;
            },
            ct
        );

    private List<RoleDto> Answers(IReadOnlyList<Role> found, IReadOnlyDictionary<string, RoleHoldersDto> holders) =>
        mapper.Map<List<RoleDto>>(found, o => o.Items[RoleMappingProfile.Holders] = holders);

    private static Error? Refusal(CurrentSession caller, string name, Role? role, IReadOnlyCollection<string> permissions)
    {
        if (role?.IsBuiltIn == true)
        {
            return RoleErrors.BuiltIn;
        }

        return Problem(name, permissions)
            ?? (permissions.All(caller.Has) && role?.Permissions.IsSubsetOf(caller.Permissions) != false ? null : Errors.Forbidden);
    }

    /// <summary>Validates a role's name and permissions; null if they are valid. Errors: <c>validation_failed</c>.</summary>
    public static Error? Problem(string? name, IReadOnlyCollection<string> permissions)
    {
        // A blank name in the URL arrives as null.
        if (string.IsNullOrEmpty(name) || !NamePattern().IsMatch(name))
        {
            return Errors.Invalid(
                "name",
                new FieldError("role_name", "A role's name has 1 to 64 lower-case letters, digits and hyphens, and begins with a letter.")
            );
        }

        var unknown = permissions.Where(p => p is null || !Permissions.All.Contains(p)).ToList();
        return unknown.Count > 0 ? Errors.Invalid("permissions", FieldErrors.Unknown("permission", unknown[0])) : null;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,63}\z")]
    private static partial Regex NamePattern();
}

/// <summary>The saved role, and whether it was created.</summary>
public sealed record SavedRole(RoleDto Role, bool Created);

public static class RoleErrors
{
    public static readonly Error BuiltIn = new("conflict", ErrorKind.Conflict, "The roles admin and user are built in.");
}
