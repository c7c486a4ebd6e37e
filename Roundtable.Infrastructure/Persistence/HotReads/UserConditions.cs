using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>
/// Translates a user filter into a condition on rows <c>u</c>. The SQL differs only by combination of filters, never by value, so that
/// statements stay prepared.
/// </summary>
internal sealed class UserConditions(SqlDialect sql)
{
    private readonly StringBuilder text = new("1 = 1");
    private readonly List<SqlValue> values = [];

    public string Text => text.ToString();

    public IReadOnlyList<SqlValue> Values => values;

    /// <summary>Counts the users that match a filter.</summary>
    /// <param name="candidates">The only users that can match; null for any user.</param>
    public static SqlStatement Count(SqlDialect sql, UserFilter filter, IReadOnlyList<string>? candidates, DateTime nowUtc)
    {
        var conditions = new UserConditions(sql).Match(filter, nowUtc).Among(candidates);
        return new SqlStatement($"SELECT COUNT(*) AS \"Users\" FROM \"Users\" u WHERE {conditions.Text}", conditions.Values);
    }

    /// <summary>The ids of the users that match a filter, in order.</summary>
    /// <param name="candidates">The only users that can match; null for any user.</param>
    public static SqlStatement Ids(SqlDialect sql, UserFilter filter, IReadOnlyList<string>? candidates, DateTime nowUtc)
    {
        var conditions = new UserConditions(sql).Match(filter, nowUtc).Among(candidates);
        return new SqlStatement($"""SELECT u."Id" FROM "Users" u WHERE {conditions.Text} ORDER BY u."Id" """, conditions.Values);
    }

    /// <summary>The users that match a filter, for EF Core queries.</summary>
    /// <param name="nowUtc">Determines which users are banned.</param>
    public static IQueryable<User> Users(RoundtableDbContext db, UserFilter filter, DateTime nowUtc)
    {
        var conditions = new UserConditions(SqlDialect.Of(db)).Match(filter, nowUtc);
        var statement = new SqlStatement($"SELECT u.* FROM \"Users\" u WHERE {conditions.Text}", conditions.Values);
        return db.Users.FromSqlRaw(statement.Text, StatementRunner.Parameters(db, statement)).AsNoTracking();
    }

    public UserConditions Match(UserFilter filter, DateTime nowUtc)
    {
        if (filter.Search is { } search)
        {
            var part = Add(SqlValue.Text(UnicodeText.Fold(search)));
            And($"({sql.Contains("u.\"NormalizedEmail\"", part)} OR {sql.Contains("u.\"NormalizedName\"", part)})");
        }

        if (filter.Role is { } role)
        {
            And($"""EXISTS (SELECT 1 FROM "UserRoles" r WHERE r."RoleName" = {Add(SqlValue.Key(role))} AND r."UserId" = u."Id")""");
        }

        if (filter.Banned is { } banned)
        {
            var now = Add(SqlValue.Time(nowUtc));
            And(banned ? $"""u."BannedUntilUtc" > {now}""" : $"""(u."BannedUntilUtc" IS NULL OR u."BannedUntilUtc" <= {now})""");
        }

        if (filter.EmailVerified is { } verified)
        {
            // Not "= 1": SQLite considers an equality so selective that it prefers sorting to reading in index order.
            And($"""u."EmailVerified" <> {(verified ? 0 : 1)}""");
        }

        Compare("CreatedAtUtc", ">=", filter.CreatedFromUtc);
        Compare("CreatedAtUtc", "<", filter.CreatedToUtc);
        Compare("LastSeenOrEpochUtc", ">=", filter.LastSeenFromUtc);
        return this;
    }

    /// <summary>Restricts to some users; null for any.</summary>
    public UserConditions Among(IReadOnlyList<string>? ids)
    {
        if (ids is not null)
        {
            And($"""u."Id" IN ({sql.IdsOf(Add(SqlValue.Text(JsonSerializer.Serialize(ids))))})""");
        }

        return this;
    }

    /// <summary>Restricts to users after a position in the list's order.</summary>
    public void After(UserSorting order, UserPosition position)
    {
        // "key >= … AND (key > … OR id > …)" rather than "key > … OR (key = … AND …)": the first half alone bounds the index.
        var beyond = order.Descending ? "<" : ">";
        var key = Add(
            position.TimeUtc is { } time ? SqlValue.Time(time)
            : order.IsById ? SqlValue.Key(position.Id)
            : SqlValue.Text(position.Text)
        );
        And(
            order.IsUnique
                ? $"""u."{order.Column}" {beyond} {key}"""
                : $"""
                u."{order.Column}" {beyond}= {key}
                  AND (u."{order.Column}" {beyond} {key} OR u."Id" {beyond} {Add(SqlValue.Key(position.Id))})
                """
        );
    }

    private void Compare(string column, string comparison, DateTime? time)
    {
        if (time is { } bound)
        {
            And($"""u."{column}" {comparison} {Add(SqlValue.Time(bound))}""");
        }
    }

    private void And(string also) => text.Append(" AND ").Append(also);

    private string Add(SqlValue value)
    {
        values.Add(value);
        return SqlStatement.Parameter(values.Count);
    }
}
