using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;

namespace Roundtable.Domain.Roles;

/// <summary>
/// What a role can allow. Endpoints name these; a name that is not here does not exist. A feature of the product has its own in a
/// file beside this one, <c>Permissions.&lt;Feature&gt;.cs</c>.
/// </summary>
public static partial class Permissions
{
    /// <summary>The type of the claims that name permissions, of a role and of whoever is signed in.</summary>
    public static readonly string ClaimType = "permission";

    public const string UsersList = "users:list";
    public const string UsersRead = "users:read";
    public const string UsersCreate = "users:create";
    public const string UsersUpdate = "users:update";
    public const string UsersDelete = "users:delete";
    public const string UsersBan = "users:ban";
    public const string UsersSetRole = "users:set-role";
    public const string UsersSetPassword = "users:set-password";
    public const string UsersResetFactors = "users:reset-factors";
    public const string UsersInvite = "users:invite";
    public const string UsersImpersonate = "users:impersonate";
    public const string UsersExport = "users:export";
    public const string UsersImport = "users:import";
    public const string SessionsList = "sessions:list";
    public const string SessionsRevoke = "sessions:revoke";
    public const string RolesRead = "roles:read";
    public const string RolesWrite = "roles:write";
    public const string AuditRead = "audit:read";
    public const string EmailsRead = "emails:read";
    public const string EmailsRetry = "emails:retry";
    public const string SystemRead = "system:read";
    public const string WebhooksRead = "webhooks:read";
    public const string WebhooksWrite = "webhooks:write";

    public static readonly FrozenSet<string> All = typeof(Permissions)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.IsLiteral)
        .Select(f => (string)f.GetRawConstantValue()!)
        .ToFrozenSet(StringComparer.Ordinal);

    // A handful of distinct lists exists, and every request needs one: parsed once each.
    private static readonly ConcurrentDictionary<string, FrozenSet<string>> Parsed = new(StringComparer.Ordinal);

    /// <summary>The permissions of a role as stored; <c>admin</c> holds all there are.</summary>
    public static FrozenSet<string> OfRole(string roleName, string permissionList) =>
        roleName == Role.AdminName
            ? All
            : Parsed.GetOrAdd(permissionList, l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal));
}
