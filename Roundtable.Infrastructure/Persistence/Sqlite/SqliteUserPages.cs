using Roundtable.Application.Users;
using Roundtable.Infrastructure.Telemetry;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>Pages of the users' list through prepared statements.</summary>
internal sealed class SqliteUserPages(MeasuredReads reads, IUserSearch search) : IUserPages
{
    public Task<List<UserDto>> ReadAsync(UserPageQuery page, CancellationToken ct) =>
        search.ReadPageAsync(page, (candidates, window) => reads.ReadPageAsync(new SqliteUserPage(page, candidates, window), page.NowUtc), ct);
}
