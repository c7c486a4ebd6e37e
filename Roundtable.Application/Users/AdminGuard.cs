using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>The rules that every administrative change keeps, whatever its path.</summary>
[ScopedService]
public sealed class AdminGuard(IUserRepository users, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>The user to change. Errors: <c>not_found</c>, <c>stale_version</c>.</summary>
    public async Task<Result<User>> LoadAsync(string id, ExpectedVersions expected, CancellationToken ct)
    {
        if (await users.LoadAsync(id, ct) is not { } user)
        {
            return UserErrors.NotFound(id);
        }

        return expected.Allow(user.Version) ? user : Errors.StaleVersion;
    }

    /// <summary>The user to keep out or take away. Errors: besides those of loading, <c>not_on_yourself</c>, <c>last_admin</c>.</summary>
    public async Task<Result<User>> LoadForRemovalAsync(CurrentSession caller, string id, ExpectedVersions expected, CancellationToken ct)
    {
        var target = await LoadAsync(id, expected, ct);
        if (target.Failed)
        {
            return target;
        }

        if (id == caller.UserId)
        {
            return UserErrors.NotOnYourself;
        }

        return await IsLastAdminAsync(target.Value, ct) ? UserErrors.LastAdmin : target;
    }

    /// <summary>Whether nobody could administer any more without this user; holds until the transaction ends.</summary>
    public async Task<bool> IsLastAdminAsync(User user, CancellationToken ct) =>
        user.IsInRole(Role.AdminName) && !user.IsBanned(clock.GetUtcNow().UtcDateTime) && await users.CountOtherAdminsAsync(user.Id, ct) == 0;

    /// <summary>Writes what has changed and reads the user as the answer shows them.</summary>
    public async Task<Result<UserDto>> AnswerAsync(User user, CancellationToken ct)
    {
        await unitOfWork.FlushAsync(ct);
        return await users.ReadAsync(user.Id, ct) is { } dto ? dto : UserErrors.NotFound(user.Id);
    }
}
