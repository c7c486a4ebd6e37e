using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>A set of roles with their permissions, within the scopes of an API key if there is one.</summary>
internal sealed record HeldRoles(FrozenSet<string> Roles, FrozenSet<string> Permissions)
{
    // Few sets of roles exist at a time, but a user who may edit roles can create new ones without end, which must not fill the memory.
    private const int MaxCached = 1000;

    // By the contents of the rows: every request needs one.
    private static readonly ConcurrentDictionary<string, HeldRoles> Cached = new(StringComparer.Ordinal);

    /// <param name="roles">The names of the roles, with their stored permissions; a name is null if there is no role.</param>
    /// <param name="scopes">The scopes of the API key, sorted and separated by blanks; null for all permissions.</param>
    public static HeldRoles Of(IReadOnlyList<(string? Name, string? PermissionList)> roles, string? scopes = null)
    {
        var key = roles.Count == 1 ? Text(roles[0]) : string.Join(';', roles.Select(Text).Distinct(StringComparer.Ordinal));
        key = scopes is null ? key : $"{key};{scopes}";
        if (Cached.TryGetValue(key, out var known))
        {
            return known;
        }

        if (Cached.Count >= MaxCached)
        {
            Cached.Clear();
        }

        return Cached.GetOrAdd(key, static (_, source) => Read(source.roles, source.scopes), (roles, scopes));
    }

    private static HeldRoles Read(IReadOnlyList<(string? Name, string? PermissionList)> roles, string? scopes)
    {
        var held = roles.Where(r => r.Name is not null).ToList();
        var permissions = held.SelectMany(r => Domain.Roles.Permissions.OfRole(r.Name!, r.PermissionList ?? ""));
        var allowed = scopes is null ? permissions : permissions.Intersect(scopes.Split(' '), StringComparer.Ordinal);
        return new HeldRoles(held.Select(r => r.Name!).ToFrozenSet(StringComparer.Ordinal), allowed.ToFrozenSet(StringComparer.Ordinal));
    }

    private static string Text((string? Name, string? PermissionList) role) => $"{role.Name}={role.PermissionList}";
}
