using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Pictures;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class PictureRepository(RoundtableDbContext db) : IPictureRepository
{
    public Task<UserPicture?> ReadAsync(string userId, CancellationToken ct) =>
        db.UserPictures.AsNoTracking().FirstOrDefaultAsync(p => p.UserId == userId, ct);

    public async Task ReplaceAsync(string userId, UserPicture? picture, CancellationToken ct)
    {
        // Not loaded to be changed: a picture is large, and nothing depends on the former one.
        await db.UserPictures.Where(p => p.UserId == userId).ExecuteDeleteAsync(ct);
        if (picture is not null)
        {
            db.UserPictures.Add(picture);
        }
    }
}
