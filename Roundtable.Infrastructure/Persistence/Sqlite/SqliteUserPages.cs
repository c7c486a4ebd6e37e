using Roundtable.Application.Users;
using Roundtable.Infrastructure.Telemetry;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>Pages of the users' list through prepared statements.</summary>
internal sealed class SqliteUserPages(MeasuredReads reads, IUserSearch search) : IUserPages
{
    // A word that many have fills a page from the first few hundred users, sooner than the index has named those that match.
    private const int Window = 400;

    public async Task<List<UserDto>> ReadAsync(UserPageQuery page, CancellationToken ct)
    {
        if (page.Filter.Search is not { } text)
        {
            return await reads.ReadPageAsync(new SqliteUserPage(page, null, null), page.NowUtc);
        }

        var soon = await reads.ReadPageAsync(new SqliteUserPage(page, null, Window), page.NowUtc);
        return soon.Count == page.Take
            ? soon
            : await reads.ReadPageAsync(new SqliteUserPage(page, await search.FindAsync(text.ToUpperInvariant(), ct), null), page.NowUtc);
    }
}
