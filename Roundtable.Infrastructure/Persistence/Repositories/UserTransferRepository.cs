using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Transfer;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class UserTransferRepository(
    RoundtableDbContext db,
    StatementRunner runner,
    SqlDialect sql,
    UserRead users,
    TimeProvider clock
) : IUserTransfer
{
    private const int BatchSize = 1000;

    public async IAsyncEnumerable<UserDto> ReadAllAsync(UserFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        for (var last = ""; ; )
        {
            var page = new UserPageQuery(filter, null, new UserPosition(last, null, last), BatchSize, now);
            var batch = await runner.ReadAsync(UserListRead.Of(sql, page, null, null), row => users.Map(row, now), ct);
            foreach (var user in batch)
            {
                yield return user;
            }

            if (batch.Count < BatchSize)
            {
                yield break;
            }

            last = batch[^1].Id;
            db.Time.Restart();
        }
    }

    public async Task<IReadOnlyDictionary<string, bool>> FindTakenAsync(IReadOnlyCollection<string> normalizedEmails, CancellationToken ct)
    {
        var taken = await db
            .Users.Where(u => normalizedEmails.Contains(u.NormalizedEmail))
            .Select(u => new { u.NormalizedEmail, MayYield = u.Origin == UserOrigin.SelfRegistered && !u.EmailVerified })
            .ToDictionaryAsync(u => u.NormalizedEmail, u => u.MayYield, StringComparer.Ordinal, ct);

        // A dry run queries batch after batch, and commits nothing.
        db.Time.Restart();
        return taken;
    }

    public void Add(User user) => db.Users.Add(user);
}
