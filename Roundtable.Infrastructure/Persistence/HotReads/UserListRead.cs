using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>Reads a page of the user list: the matching users, in an order whose every column has an index.</summary>
internal static class UserListRead
{
    /// <param name="page">The requested page.</param>
    /// <param name="candidates">The only users that can match; null for any user.</param>
    /// <param name="window">How many users to examine in the list's order, matching or not; null for all.</param>
    public static SqlStatement Of(SqlDialect sql, UserPageQuery page, IReadOnlyList<string>? candidates, int? window)
    {
        var order = UserSorting.Of(page.Order);
        var conditions = new UserConditions(sql);
        if (page.After is { } after)
        {
            conditions.After(order, after);
        }

        // A window is read from the index alone; the users in it are read one by one until there are enough.
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

/// <summary>The list's sort order in the database.</summary>
/// <param name="IsUnique">Whether the value is unique, so that the id need not break ties.</param>
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

/// <summary>Queries a page of the user list.</summary>
/// <param name="Order">Null for order by id.</param>
/// <param name="After">The last user of the previous page; null for the first page.</param>
/// <param name="Take">The maximum number of users.</param>
/// <param name="NowUtc">Determines which users are banned.</param>
internal sealed record UserPageQuery(UserFilter Filter, UserOrder? Order, UserPosition? After, int Take, DateTime NowUtc);

/// <summary>A user's position in the list's order.</summary>
/// <param name="Text">Address, name (both normalised) or id, if the list is sorted by it.</param>
/// <param name="TimeUtc">The time, if the list is sorted by it.</param>
internal sealed record UserPosition(string Text, DateTime? TimeUtc, string Id);
