using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;

namespace Roundtable.Application.Users;

/// <summary>Lets users change their own account.</summary>
[ScopedService]
public sealed class UserService(IUserReader users, UserEditor editor, IUnitOfWork unitOfWork, IAuditTrail audit)
{
    /// <summary>Changes user and profile in one transaction. Errors: <c>validation_failed</c>, <c>stale_version</c>.</summary>
    public async Task<Result<UserDto>> UpdateAsync(Caller caller, UserChanges changes, ExpectedVersions expected, CancellationToken ct)
    {
        var saved = await unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var edited = await editor.EditAsync(caller.PrincipalId, changes, ProfileFieldWriter.User, expected, ct);
                if (edited.Failed)
                {
                    return edited.Error!;
                }

                audit.Record(
                    AuditActions.UserUpdated,
                    AuditTarget.User(caller.PrincipalId),
                    new { changed = changes.Names },
                    raises: new UserUpdated(EventUser.Of(edited.Value), changes.Names)
                );
                return Result.Success;
            },
            ct
        );

        // Read after the commit, so that writers do not wait for it.
        return saved.Failed ? saved.Error!
            : await users.ReadAsync(caller.PrincipalId, ct) is { } user ? user
            : UserErrors.NotFound(caller.PrincipalId);
    }
}
