using Roundtable.Application.Users;
using Roundtable.Domain.Common;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Finds users by a piece of their address or name without reading all of them.</summary>
internal interface IUserSearch
{
    /// <summary>Up to so many are looked up one by one; where there are more, every few hundredth user matches, also among a million.</summary>
    const int MaxCandidates = 2000;

    /// <summary>
    /// The ids of all users that can match, a few that do not among them; null when there are so many that reading in the list's
    /// order meets them soon, or when the index cannot tell.
    /// </summary>
    /// <param name="part">The text to find, folded as the normalised columns are.</param>
    Task<IReadOnlyList<string>?> FindAsync(string part, CancellationToken ct);

    /// <summary>Takes in who changed since the last time, in transactions so short that nobody waits noticeably for one.</summary>
    Task IndexAsync(CancellationToken ct);
}

internal static class UserSearchExtensions
{
    // A word that many have fills a page from the first few hundred users, sooner than the index has named those that match.
    private const int Window = 400;

    /// <summary>A page of the list: as it is where nothing is searched, else from the first users in its order, else from those whom the index names.</summary>
    /// <param name="read">Reads the page, given the only users that can match (null: any may), and how many to look at in the list's order (null: all).</param>
    public static async Task<List<UserDto>> ReadPageAsync(
        this IUserSearch search, UserPageQuery page, Func<IReadOnlyList<string>?, int?, Task<List<UserDto>>> read, CancellationToken ct)
    {
        if (page.Filter.Search is not { } text)
        {
            return await read(null, null);
        }

        var soon = await read(null, Window);
        return soon.Count == page.Take ? soon : await read(await search.FindAsync(UnicodeText.Fold(text), ct), null);
    }
}
