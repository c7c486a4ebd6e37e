using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>A page of the users' list: who matches, in an order of which each column has an index.</summary>
internal static class UserListRead
{
    /// <param name="page">What is asked for.</param>
    /// <param name="candidates">The only users that can match; null when it may be any.</param>
    /// <param name="window">How many users to look at, in the list's order, matching or not; null for all.</param>
    public static SqlStatement Of(SqlDialect sql, UserPageQuery page, IReadOnlyList<string>? candidates, int? window)
    {
        var order = UserSorting.Of(page.Order);
        var conditions = new UserConditions(sql);
        if (page.After is { } after)
        {
            conditions.After(order, after);
        }

        // A window is cut from the index alone; the users in it are read one by one until there are enough.
        var (source, sorted) = window is { } count
            ? (
                $"""
                (SELECT u.{sql.RowKey} AS "RowKey", u."{order.Column}", u."Id" FROM "Users" u WHERE {conditions.Text} ORDER BY {order.By(
                    "u"
                )} {sql.Limit(count)}) w
                {sql.OrderedJoin} "Users" u ON u.{sql.RowKey} = w."RowKey"
                """,
                order.By("w")
            )
            : ("\"Users\" u", order.By("u"));
        conditions.Match(page.Filter, page.NowUtc).Among(candidates);

        return new SqlStatement(
            $"""
            SELECT {UserRead.Columns}
            FROM {source} {UserRead.Tables(sql.OrderedJoin)}
            WHERE {conditions.Text}
            ORDER BY {sorted} {sql.Limit(page.Take)}
            """,
            conditions.Values
        );
    }
}

/// <summary>A list's order in the database.</summary>
/// <param name="IsUnique">Whether no two users have the same value: then the id need not decide.</param>
internal sealed record UserSorting(string Column, bool IsUnique, bool Descending)
{
    private static readonly UserSorting ById = new("Id", true, false);

    public bool IsById => this == ById;

    public static UserSorting Of(UserOrder? order) =>
        order is null
            ? ById
            : new(
                order.Sort switch
                {
                    UserSort.Email => "NormalizedEmail",
                    UserSort.Name => "NormalizedName",
                    UserSort.LastSeenAt => "LastSeenOrEpochUtc",
                    _ => "CreatedAtUtc",
                },
                order.Sort == UserSort.Email,
                order.Descending
            );

    public string By(string table)
    {
        var direction = Descending ? " DESC" : "";
        return IsUnique ? $"{table}.\"{Column}\"{direction}" : $"{table}.\"{Column}\"{direction}, {table}.\"Id\"{direction}";
    }
}

/// <summary>A page of the users' list.</summary>
/// <param name="Order">By id where absent.</param>
/// <param name="After">The last user of the page before; null for the first page.</param>
/// <param name="Take">How many users at the most.</param>
/// <param name="NowUtc">Decides who counts as banned.</param>
internal sealed record UserPageQuery(UserFilter Filter, UserOrder? Order, UserPosition? After, int Take, DateTime NowUtc);

/// <summary>Where a user stands in the list's order.</summary>
/// <param name="Text">Address, name (both normalised) or id, where that is the order.</param>
/// <param name="TimeUtc">The time, where that is the order.</param>
internal sealed record UserPosition(string Text, DateTime? TimeUtc, string Id);
