using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Reads pages of the users' list.</summary>
internal interface IUserPages
{
    /// <summary>The users that the page asks for, in its order.</summary>
    Task<List<UserDto>> ReadAsync(UserPageQuery page, CancellationToken ct);
}

/// <summary>A page of the users' list.</summary>
/// <param name="After">The last user of the page before; null for the first page.</param>
/// <param name="Take">How many users at the most.</param>
/// <param name="NowUtc">Decides who counts as banned.</param>
internal sealed record UserPageQuery(UserFilter Filter, UserOrder Order, UserPosition? After, int Take, DateTime NowUtc);

/// <summary>Where a user stands in the list's order.</summary>
/// <param name="Text">Address or name, normalised, where that is the order.</param>
/// <param name="TimeUtc">The time, where that is the order.</param>
internal sealed record UserPosition(string Text, DateTime? TimeUtc, string Id);
