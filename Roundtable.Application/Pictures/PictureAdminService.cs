using Roundtable.Application.Common;
using Roundtable.Application.Users;

namespace Roundtable.Application.Pictures;

/// <summary>Removes other users' pictures.</summary>
[ScopedService]
public sealed class PictureAdminService(AdminGuard guard, PictureEditor editor, IUnitOfWork unitOfWork)
{
    /// <summary>
    /// Errors: <c>not_found</c>, <c>stale_version</c>, <c>forbidden</c> for a user with permissions that the caller lacks.
    /// </summary>
    public Task<Result> RemoveAsync(Caller caller, string id, ExpectedVersions expected, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var target = await guard.LoadAsync(caller, id, expected, ct);
                return target.Failed ? target.Error! : await editor.RemoveAsync(target.Value, ct);
            },
            ct
        );
}
