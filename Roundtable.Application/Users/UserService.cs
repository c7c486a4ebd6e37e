using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Application.Sessions;

namespace Roundtable.Application.Users;

/// <summary>What people do with their own account.</summary>
public sealed class UserService(IUserRepository users, UserEditor editor, IUnitOfWork unitOfWork, IAuditTrail audit)
{
    /// <summary>Changes user and profile in one transaction. Errors: <c>validation_failed</c>, <c>stale_version</c>.</summary>
    public Task<Result<UserDto>> UpdateAsync(CurrentSession caller, UserChanges changes, ExpectedVersions expected, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<UserDto>>(
            async ct =>
            {
                var edited = await editor.EditAsync(caller.UserId, changes, ProfileFieldWriter.User, expected, ct);
                if (edited.Failed)
                {
                    return edited.Error!;
                }

                audit.Record(AuditActions.UserUpdated, AuditTarget.User(caller.UserId), new { changed = changes.Names });
                await unitOfWork.FlushAsync(ct);
                return await users.ReadAsync(caller.UserId, ct) is { } user ? user : UserErrors.NotFound(caller.UserId);
            },
            ct);
}
