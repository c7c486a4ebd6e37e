using Roundtable.Application.Users;
using Roundtable.Infrastructure.Persistence.Repositories;

namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>Pages of the users' list through EF Core, the index asked about pieces.</summary>
internal sealed class SearchedUserPages(QueriedUserPages pages, IUserSearch search) : IUserPages
{
    public Task<List<UserDto>> ReadAsync(UserPageQuery page, CancellationToken ct) =>
        search.ReadPageAsync(page, (candidates, window) => pages.ReadAsync(page, candidates, window, ct), ct);
}
