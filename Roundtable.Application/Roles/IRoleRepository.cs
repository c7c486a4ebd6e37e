using Roundtable.Domain.Roles;

namespace Roundtable.Application.Roles;

/// <summary>The roles.</summary>
public interface IRoleRepository
{
    Task<Role?> FindAsync(string name, CancellationToken ct);

    /// <summary>Those of the named roles that exist.</summary>
    Task<IReadOnlyList<Role>> FindAllAsync(IReadOnlyCollection<string> names, CancellationToken ct);
}
