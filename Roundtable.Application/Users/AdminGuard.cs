using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Roles;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>Enforces the rules for every administrative change.</summary>
[ScopedService]
public sealed class AdminGuard(
    IUserRepository users,
    RoleGrants grants,
    IUnitOfWork unitOfWork,
    IOptions<AuthOptions> options,
    TimeProvider clock
)
{
    /// <summary>Loads the user to change. Errors: <c>not_found</c>, those of <see cref="RefusalAsync"/>, <c>stale_version</c>.</summary>
    public async Task<Result<User>> LoadAsync(Caller caller, string id, ExpectedVersions expected, CancellationToken ct)
    {
        if (await users.LoadAsync(id, ct) is not { } user)
        {
            return UserErrors.NotFound(id);
        }

        if (await RefusalAsync(caller, user, ct) is { } refusal)
        {
            return refusal;
        }

        return expected.Allow(user.Version) ? user : Errors.StaleVersion;
    }

    /// <summary>Loads the user with credentials. Errors: <c>not_found</c>, those of <see cref="RefusalAsync"/>.</summary>
    public async Task<Result<User>> LoadWithCredentialsAsync(Caller caller, string id, CancellationToken ct)
    {
        if (await users.LoadWithCredentialsAsync(id, ct) is not { } user)
        {
            return UserErrors.NotFound(id);
        }

        return await RefusalAsync(caller, user, ct) is { } refusal ? refusal : user;
    }

    /// <summary>
    /// Checks rank: returns why the caller may not act on this user; null if allowed. A caller who acts on a user with more
    /// permissions could take over that account, or remove a supervisor. Errors: <c>forbidden</c>.
    /// </summary>
    public async Task<Error?> RefusalAsync(Caller caller, User user, CancellationToken ct) =>
        await grants.OutrankAsync(caller, user.Roles.Select(r => r.RoleName), ct) ? UserErrors.Outranks : null;

    /// <inheritdoc cref="RoleGrants.RefusalAsync"/>
    public Task<Error?> GrantRefusalAsync(Caller caller, User user, IReadOnlyCollection<string> roles, CancellationToken ct) =>
        grants.RefusalAsync(caller, user.Roles.Select(r => r.RoleName), roles, ct);

    /// <summary>
    /// Returns why the caller may not perform a sensitive operation, where that depends on the body; null if allowed. Errors:
    /// <c>session_not_fresh</c>.
    /// </summary>
    public Error? CheckFreshness(Caller caller) =>
        caller.IsFresh(clock.GetUtcNow().UtcDateTime, options.Value.Session.FreshFor) ? null : SessionErrors.NotFreshFor(caller);

    /// <summary>Loads the user to ban or delete. Errors: besides those of loading, <c>not_on_yourself</c>, <c>last_admin</c>.</summary>
    public async Task<Result<User>> LoadForRemovalAsync(Caller caller, string id, ExpectedVersions expected, CancellationToken ct)
    {
        var target = await LoadAsync(caller, id, expected, ct);
        if (target.Failed)
        {
            return target;
        }

        if (id == caller.PrincipalId)
        {
            return UserErrors.NotOnYourself;
        }

        return await IsLastAdminAsync(target.Value, ct) ? UserErrors.LastAdmin : target;
    }

    /// <summary>Whether this user is the last admin; the answer holds until the transaction ends.</summary>
    public async Task<bool> IsLastAdminAsync(User user, CancellationToken ct) =>
        user.IsInRole(Role.AdminName)
        && !user.IsBanned(clock.GetUtcNow().UtcDateTime)
        && await users.CountOtherAdminsAsync(user.Id, ct) == 0;

    /// <summary>Saves the changes and reads the user for the response.</summary>
    public async Task<Result<UserDto>> AnswerAsync(User user, CancellationToken ct)
    {
        await unitOfWork.FlushAsync(ct);
        return await users.ReadAsync(user.Id, ct) is { } dto ? dto : UserErrors.NotFound(user.Id);
    }
}
