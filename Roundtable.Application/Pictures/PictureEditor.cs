using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Pictures;

/// <summary>Changes a user's picture in the current transaction, as a change of the profile.</summary>
[ScopedService]
public sealed class PictureEditor(IPictureRepository pictures, IUserRepository users, IAuditTrail audit, TimeProvider clock)
{
    private static readonly string[] Changed = ["picture"];

    public async Task SetAsync(User user, string mediaType, byte[] content, CancellationToken ct)
    {
        var picture = UserPicture.Create(user.Id, mediaType, content, clock.GetUtcNow().UtcDateTime);
        await ReplaceAsync(user, picture, ct);
    }

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result> RemoveAsync(User user, CancellationToken ct)
    {
        if (user.PictureVersion is null)
        {
            return PictureErrors.NotFound(user.Id);
        }

        await ReplaceAsync(user, null, ct);
        return Result.Success;
    }

    private async Task ReplaceAsync(User user, UserPicture? picture, CancellationToken ct)
    {
        await users.ClaimAsync(user, ct);
        await pictures.ReplaceAsync(user.Id, picture, ct);
        user.ChangePicture(picture?.GetVersion(), clock.GetUtcNow().UtcDateTime);
        audit.Record(
            AuditActions.UserUpdated,
            AuditTarget.User(user.Id),
            new { changed = Changed },
            raises: new UserUpdated(EventUser.Of(user), Changed)
        );
    }
}
