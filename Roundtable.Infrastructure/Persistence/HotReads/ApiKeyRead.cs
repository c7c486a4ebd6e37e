using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using Roundtable.Application.Common;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>
/// Reads everything that a request needs to know about its API key in one statement: the key, whether its owner has access, and the
/// owner's permissions, one row for each role. It runs on every request with a key, so that a revocation, ban or demotion takes effect
/// with the next one.
/// </summary>
internal static class ApiKeyRead
{
    private const int MaxCached = 1000;

    private static readonly ConcurrentDictionary<(SqlDialect, CredentialKind, bool), string> Texts = [];

    // Every request needs a key's scopes and networks: each list is parsed once.
    private static readonly ConcurrentDictionary<string, FrozenSet<string>> Scopes = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, IPNetwork[]> Networks = new(StringComparer.Ordinal);

    /// <summary>Finds the live key with this secret, if its owner has access.</summary>
    /// <param name="locked">Whether the key, its owner and its roles stay as they are until the transaction ends. Requests with one key
    /// do not wait for each other.</param>
    /// <param name="run">Reads the rows of a statement.</param>
    public static async Task<ApiKeyCaller?> FindAsync(
        SqlDialect sql,
        CallerCredential credential,
        bool locked,
        DateTime nowUtc,
        Func<SqlStatement, Task<List<ApiKeyRow>>> run
    )
    {
        var text = Texts.GetOrAdd((sql, credential.Kind, locked), static key => Text(key.Item1, key.Item2, key.Item3));
        var rows = await run(new SqlStatement(text, [SqlValue.Key(credential.Hash), SqlValue.Time(nowUtc)]));
        return rows.Count == 0 ? null : Assemble(rows, credential.Kind);
    }

    public static ApiKeyRow Map(IRow row) =>
        new(
            row.Text("KeyId"),
            row.Text("OwnerId"),
            row.Text("OwnerName"),
            row.TextOrNull("Email"),
            row.Text("ScopeList"),
            row.Text("NetworkList"),
            row.TimeOrNull("LastUsedAtUtc"),
            row.TextOrNull("RoleName"),
            row.TextOrNull("PermissionList")
        );

    private static string Text(SqlDialect sql, CredentialKind kind, bool locked)
    {
        var (forUpdate, unchanged, committed, roles) = locked
            ? (sql.ForUpdate, sql.Unchanged, sql.Committed, sql.RolesInUse)
            : ("", "", "", "\"Roles\"");

        // A user's row is locked as for a session: the request may change it.
        var owner =
            kind == CredentialKind.UserApiKey
                ? $"""
                    INNER JOIN "Users" o {forUpdate} ON o."Id" = k."UserId" AND (o."BannedUntilUtc" IS NULL OR o."BannedUntilUtc" <= @u2)
                    LEFT JOIN "UserRoles" h {committed} ON h."UserId" = o."Id"
                    """
                : $"""
                    INNER JOIN "ServiceAccounts" o {unchanged} ON o."Id" = k."ServiceAccountId" AND o."Disabled" = 0
                    LEFT JOIN "ServiceAccountRoles" h {committed} ON h."ServiceAccountId" = o."Id"
                    """;
        var email = kind == CredentialKind.UserApiKey ? "o.\"Email\"" : "NULL";
        return $"""
            SELECT k."Id" AS "KeyId", o."Id" AS "OwnerId", o."Name" AS "OwnerName", {email} AS "Email", k."ScopeList", k."NetworkList",
                   k."LastUsedAtUtc", r."Name" AS "RoleName", r."PermissionList"
            FROM "ApiKeySecrets" s {unchanged}
            INNER JOIN "ApiKeys" k {unchanged} ON k."Id" = s."ApiKeyId"
            {owner}
            LEFT JOIN {roles} r ON r."Name" = h."RoleName"
            WHERE s."Hash" = @u1 AND (s."ExpiresAtUtc" IS NULL OR s."ExpiresAtUtc" > @u2)
              AND k."RevokedAtUtc" IS NULL AND k."ExpiresAtUtc" > @u2
            """;
    }

    private static ApiKeyCaller Assemble(List<ApiKeyRow> rows, CredentialKind kind)
    {
        var key = rows[0];
        var held = HeldRoles.Of([.. rows.Select(r => (r.RoleName, r.PermissionList))], key.ScopeList);
        return new ApiKeyCaller(
            key.KeyId,
            kind == CredentialKind.ServiceApiKey,
            key.OwnerId,
            key.OwnerName,
            key.Email,
            key.LastUsedAtUtc,
            Cached(Scopes, key.ScopeList, static list => list.Split(' ').ToFrozenSet(StringComparer.Ordinal)),
            Cached(Networks, key.NetworkList, static list =>
                [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => IPNetwork.Parse(n))]
            ),
            held.Roles,
            held.Permissions
        );
    }

    private static T Cached<T>(ConcurrentDictionary<string, T> cache, string list, Func<string, T> parse)
    {
        if (cache.Count >= MaxCached)
        {
            cache.Clear();
        }

        return cache.GetOrAdd(list, parse);
    }
}

/// <summary>An API key with one role of its owner.</summary>
internal sealed record ApiKeyRow(
    string KeyId,
    string OwnerId,
    string OwnerName,
    string? Email,
    string ScopeList,
    string NetworkList,
    DateTime? LastUsedAtUtc,
    string? RoleName,
    string? PermissionList
);
