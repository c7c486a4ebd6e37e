using System.Globalization;
using System.Text;
using System.Text.Json;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Infrastructure.Persistence.Repositories;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A page of the users' list in SQLite's words; <see cref="QueriedUserPages"/> is the same for EF Core. There are as many texts as combinations of filters,
/// orders and sizes of pages, never one for a value, so that statements stay prepared.
/// </summary>
internal sealed class SqliteUserPage
{
    private readonly StringBuilder condition = new("1");
    private readonly List<string> values = [];
    private readonly string order;
    private readonly string source;
    private readonly int take;

    /// <param name="page">What is asked for.</param>
    /// <param name="candidates">The only users that can match; null when it may be any.</param>
    /// <param name="window">How many users to look at, in the list's order, matching or not; null for all.</param>
    public SqliteUserPage(UserPageQuery page, IReadOnlyList<string>? candidates, int? window)
    {
        take = page.Take;
        var (column, unique) = page.Order.Sort switch
        {
            UserSort.Email => ("NormalizedEmail", true),
            UserSort.Name => ("NormalizedName", false),
            UserSort.LastSeenAt => ("LastSeenOrEpochUtc", false),
            _ => ("CreatedAtUtc", false),
        };
        var direction = page.Order.Descending ? " DESC" : "";
        string OrderOf(string row) => unique ? $"""{row}."{column}"{direction}""" : $"""{row}."{column}"{direction}, {row}."Id"{direction}""";
        if (page.After is { } after)
        {
            AddAfter(column, unique, page.Order.Descending, after);
        }

        // A window is cut from the index alone; the users in it are read one by one until there are enough.
        (source, order) = window is null
            ? ("\"Users\" u", OrderOf("u"))
            : ($"""
                (SELECT u.rowid AS "Row", u."{column}", u."Id" FROM "Users" u WHERE {condition} ORDER BY {OrderOf("u")} LIMIT {window}) w
                CROSS JOIN "Users" u ON u.rowid = w."Row"
                """, OrderOf("w"));
        AddFilter(page.Filter, Text(page.NowUtc));
        if (candidates is not null)
        {
            And($"""u."Id" IN (SELECT value FROM json_each({Value(JsonSerializer.Serialize(candidates))}))""");
        }
    }

    /// <summary>Columns as <see cref="SqliteReads"/> reads them. CROSS JOIN keeps the tables in this order, and with it the index's.</summary>
    public string Sql => $"""
        SELECT {SqliteReads.UserColumns}
        FROM {source}
        CROSS JOIN "UserProfiles" p ON p."UserId" = u."Id"
        CROSS JOIN "Credentials" c ON c."UserId" = u."Id"
        WHERE {condition}
        ORDER BY {order}
        LIMIT {take}
        """;

    /// <summary>What <c>?1</c>, <c>?2</c> and so on stand for.</summary>
    public IReadOnlyList<string> Values => values;

    private static string Text(DateTime timeUtc) => timeUtc.ToString(SqliteTime.Format, CultureInfo.InvariantCulture);

    private void AddFilter(UserFilter filter, string now)
    {
        if (filter.Search is { } search)
        {
            var part = Value(UnicodeText.Fold(search));
            And($"""(instr(u."NormalizedEmail", {part}) > 0 OR instr(u."NormalizedName", {part}) > 0)""");
        }

        if (filter.Role is { } role)
        {
            And($"""EXISTS (SELECT 1 FROM "UserRoles" r WHERE r."RoleName" = {Value(role)} AND r."UserId" = u."Id")""");
        }

        if (filter.Banned is { } banned)
        {
            And(banned ? $"""u."BannedUntilUtc" > {Value(now)}""" : $"""(u."BannedUntilUtc" IS NULL OR u."BannedUntilUtc" <= {Value(now)})""");
        }

        if (filter.EmailVerified is { } verified)
        {
            And(verified ? """u."EmailVerified" """ : """NOT u."EmailVerified" """);
        }

        AddTime("CreatedAtUtc", ">=", filter.CreatedFromUtc);
        AddTime("CreatedAtUtc", "<", filter.CreatedToUtc);
        AddTime("LastSeenOrEpochUtc", ">=", filter.LastSeenFromUtc);
    }

    private void AddTime(string column, string comparison, DateTime? time)
    {
        if (time is { } bound)
        {
            And($"""u."{column}" {comparison} {Value(Text(bound))}""");
        }
    }

    // "Key at least, and beyond it or its tie" rather than "beyond, or tied and …": the first half alone bounds the index.
    private void AddAfter(string column, bool unique, bool descending, UserPosition after)
    {
        var beyond = descending ? "<" : ">";
        var key = Value(after.TimeUtc is { } time ? Text(time) : after.Text);
        And(unique
            ? $"""u."{column}" {beyond} {key}"""
            : $"""u."{column}" {beyond}= {key} AND (u."{column}" {beyond} {key} OR u."Id" {beyond} {Value(after.Id)})""");
    }

    private void And(string also) => condition.Append(" AND ").Append(also);

    private string Value(string value)
    {
        values.Add(value);
        return $"?{values.Count}";
    }
}
