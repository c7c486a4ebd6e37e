using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Transfer;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class UserTransferRepository(RoundtableDbContext db, UserProjection projection, TimeProvider clock) : IUserTransfer
{
    private const int PieceSize = 1000;

    public async IAsyncEnumerable<UserDto> ReadAllAsync(UserFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var matching = QueriedUserPages.Filter(db, db.Users.AsNoTracking(), filter, now).OrderBy(u => u.Id);
        for (var last = ""; ;)
        {
            var after = last;
            var piece = await projection.Of(matching.Where(u => string.Compare(u.Id, after) > 0).Take(PieceSize), now).ToListAsync(ct);
            foreach (var user in piece)
            {
                yield return user;
            }

            if (piece.Count < PieceSize)
            {
                yield break;
            }

            last = piece[^1].Id;
        }
    }

    public async Task<IReadOnlyDictionary<string, bool>> FindTakenAsync(IReadOnlyCollection<string> normalizedEmails, CancellationToken ct) =>
        await db.Users
            .Where(u => normalizedEmails.Contains(u.NormalizedEmail))
            .Select(u => new { u.NormalizedEmail, MayYield = u.Origin == UserOrigin.SelfRegistered && !u.EmailVerified })
            .ToDictionaryAsync(u => u.NormalizedEmail, u => u.MayYield, StringComparer.Ordinal, ct);

    public void Add(User user) => db.Users.Add(user);
}
