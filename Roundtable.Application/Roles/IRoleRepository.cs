using Roundtable.Domain.Roles;

namespace Roundtable.Application.Roles;

/// <summary>Stores roles.</summary>
public interface IRoleRepository
{
    /// <summary>Lists all roles by name.</summary>
    Task<IReadOnlyList<Role>> ListAsync(CancellationToken ct);

    /// <summary>Counts the holders of all roles but <c>user</c>, which every user has; by the role's name.</summary>
    Task<IReadOnlyDictionary<string, RoleHoldersDto>> CountHoldersAsync(CancellationToken ct);

    Task<Role?> FindAsync(string name, CancellationToken ct);

    /// <summary>Loads a role to change in a unit of work.</summary>
    Task<Role?> LoadAsync(string name, CancellationToken ct);

    /// <summary>Returns the named roles that exist.</summary>
    Task<IReadOnlyList<Role>> FindAllAsync(IReadOnlyCollection<string> names, CancellationToken ct);

    Task AddAsync(Role role);

    /// <summary>Removes the role, also from its holders; returns the number of holders.</summary>
    Task<int> RemoveAsync(Role role, CancellationToken ct);
}
