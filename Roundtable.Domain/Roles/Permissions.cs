using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;

namespace Roundtable.Domain.Roles;

/// <summary>
/// The permissions that a role can grant. Endpoints refer to these constants; no other name is valid. A product feature declares its
/// own in a file beside this one, <c>Permissions.&lt;Feature&gt;.cs</c>.
/// </summary>
public static partial class Permissions
{
    /// <summary>The type of the claims that name the permissions of a role or of the signed-in user.</summary>
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
    public const string ServiceAccountsRead = "serviceAccounts:read";
    public const string ServiceAccountsWrite = "serviceAccounts:write";
    public const string ApiKeysRead = "apiKeys:read";
    public const string ApiKeysRevoke = "apiKeys:revoke";

    public static readonly FrozenSet<string> All = typeof(Permissions)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.IsLiteral)
        .Select(f => (string)f.GetRawConstantValue()!)
        .ToFrozenSet(StringComparer.Ordinal);

    // Every request needs a list, and only a handful of distinct lists exist: each is parsed once.
    private static readonly ConcurrentDictionary<string, FrozenSet<string>> Parsed = new(StringComparer.Ordinal);

    /// <summary>Parses a role's stored permissions; <c>admin</c> has all permissions.</summary>
    public static FrozenSet<string> OfRole(string roleName, string permissionList) =>
        roleName == Role.AdminName
            ? All
            : Parsed.GetOrAdd(permissionList, l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal));
}
