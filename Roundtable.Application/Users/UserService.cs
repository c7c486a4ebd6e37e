using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Users;

/// <summary>What people do with their own account and see of others.</summary>
public sealed class UserService(IUserRepository users, UserEditor editor, IUnitOfWork unitOfWork, IAuditTrail audit)
{
    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<UserDto>> GetAsync(string id, CancellationToken ct) =>
        await users.ReadAsync(id, ct) is { } user ? user : UserErrors.NotFound(id);

    /// <summary>Everything for oneself and holders of <c>users:read</c>, else the public profile. Errors: <c>not_found</c>.</summary>
    public async Task<Result<UserView>> ViewAsync(CurrentSession caller, string id, CancellationToken ct)
    {
        if (id == caller.UserId || caller.Has(Permissions.UsersRead))
        {
            return await users.ReadAsync(id, ct) is { } user ? new UserView(user, null) : UserErrors.NotFound(id);
        }

        return await users.ReadPublicAsync(id, ct) is { } profile ? new UserView(null, profile) : UserErrors.NotFound(id);
    }

    /// <summary>Changes user and profile in one transaction. Errors: <c>validation_failed</c>, <c>stale_version</c>.</summary>
    public Task<Result<UserDto>> UpdateAsync(CurrentSession caller, UserChanges changes, ExpectedVersions expected, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<UserDto>>(
            async ct =>
            {
                var edited = await editor.EditAsync(caller.UserId, changes, expected, ct);
                if (edited.Failed)
                {
                    return edited.Error!;
                }

                audit.Record(AuditActions.UserUpdated, AuditTarget.User(caller.UserId), new { changed = changes.Names });
                await unitOfWork.FlushAsync(ct);
                return await GetAsync(caller.UserId, ct);
            },
            ct);
}

/// <summary>A user as the caller may see them: one of the two.</summary>
public sealed record UserView(UserDto? Full, PublicProfileDto? Public);
