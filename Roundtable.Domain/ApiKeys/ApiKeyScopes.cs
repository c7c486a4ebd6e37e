using System.Collections.Frozen;
using Roundtable.Domain.Roles;

namespace Roundtable.Domain.ApiKeys;

/// <summary>What an API key can be allowed to do: every permission, and reading or changing the owner's own account.</summary>
public static class ApiKeyScopes
{
    /// <summary>Reads the owner's own account and activity.</summary>
    public const string MeRead = "me:read";

    /// <summary>Changes the owner's own profile.</summary>
    public const string MeWrite = "me:write";

    public static readonly FrozenSet<string> All = [.. Permissions.All, MeRead, MeWrite];

    /// <summary>Whether the scope concerns the owner's own account, so that every user may grant it.</summary>
    public static bool IsOwn(string scope) => scope is MeRead or MeWrite;
}
