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

    public async IAsyncEnumerable<ExportedUserDto> ReadAllAsync(UserFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        for (var last = ""; ; )
        {
            var page = new UserPageQuery(filter, null, new UserPosition(last, null, last), BatchSize, now);
            var batch = await runner.ReadAsync(UserListRead.Of(sql, page, null, null), row => users.Map(row, now), ct);
            var logins = await ReadLoginsAsync(last, batch, ct);
            foreach (var user in batch)
            {
                yield return new ExportedUserDto(user, [.. logins[user.Id]]);
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

    public async Task<IReadOnlySet<TransferredLogin>> FindTakenLoginsAsync(
        IReadOnlyCollection<TransferredLogin> logins,
        CancellationToken ct
    )
    {
        var subjects = logins.Select(l => l.Subject).Distinct(StringComparer.Ordinal).ToList();
        var found = await db
            .UserLogins.Where(l => subjects.Contains(l.ProviderKey))
            .Select(l => new TransferredLogin(l.LoginProvider, l.ProviderKey))
            .ToListAsync(ct);
        return logins.Intersect(found).ToHashSet();
    }

    public void Add(User user) => db.Users.Add(user);

    public void Add(UserLogin login) => db.UserLogins.Add(login);

    // The ids of a batch are a range.
    private async Task<ILookup<string, TransferredLogin>> ReadLoginsAsync(string after, IReadOnlyList<UserDto> batch, CancellationToken ct)
    {
        if (batch.Count == 0)
        {
            return Array.Empty<TransferredLogin>().ToLookup(_ => "");
        }

        var end = batch[^1].Id;
        var rows = await db
            .UserLogins.AsNoTracking()
            .Where(l => string.Compare(l.UserId, after) > 0 && string.Compare(l.UserId, end) <= 0)
            .OrderBy(l => l.LoginProvider)
            .ToListAsync(ct);
        return rows.ToLookup(l => l.UserId, l => new TransferredLogin(l.LoginProvider, l.ProviderKey), StringComparer.Ordinal);
    }
}
