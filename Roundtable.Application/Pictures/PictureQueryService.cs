using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Pictures;

/// <summary>Shows users' pictures to those who may see their public profile.</summary>
[ScopedService]
public sealed class PictureQueryService(UserQueryService users, IPictureRepository pictures)
{
    /// <summary>Errors: those of <see cref="UserQueryService.ViewAsync"/>; <c>not_found</c> also if there is no picture.</summary>
    public async Task<Result<UserPicture>> GetAsync(Caller caller, string id, CancellationToken ct)
    {
        var view = await users.ViewAsync(caller, id, ct);
        return view.Failed ? view.Error!
            : await pictures.ReadAsync(id, ct) is { } picture ? picture
            : PictureErrors.NotFound(id);
    }
}
