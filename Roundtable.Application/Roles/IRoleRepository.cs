using Roundtable.Domain.Roles;

namespace Roundtable.Application.Roles;

/// <summary>The roles.</summary>
public interface IRoleRepository
{
    /// <summary>All roles, by name.</summary>
    Task<IReadOnlyList<RoleDto>> ListAsync(CancellationToken ct);

    Task<Role?> FindAsync(string name, CancellationToken ct);

    /// <summary>To change within a unit of work.</summary>
    Task<Role?> LoadAsync(string name, CancellationToken ct);

    /// <summary>Those of the named roles that exist.</summary>
    Task<IReadOnlyList<Role>> FindAllAsync(IReadOnlyCollection<string> names, CancellationToken ct);

    Task AddAsync(Role role);

    /// <summary>Removes the role and takes it from its holders; says how many those were.</summary>
    Task<int> RemoveAsync(Role role, CancellationToken ct);
}
