using AutoMapper;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ExternalLogins;

/// <summary>Manages connected logins: the caller's, and for admins those of other users.</summary>
[ScopedService]
public sealed class LoginService(
    ILoginRepository logins,
    IUserRepository users,
    LoginConnector connector,
    PendingLogins pending,
    IUnitOfWork unitOfWork,
    IMapper mapper
)
{
    /// <summary>Lists the user's logins by provider.</summary>
    public async Task<Result<IReadOnlyList<LoginDto>>> ListAsync(string userId, CancellationToken ct) =>
        mapper.Map<List<LoginDto>>(await logins.ListAsync(userId, ct));

    /// <summary>The same for any user. Errors: <c>not_found</c>.</summary>
    public async Task<Result<IReadOnlyList<LoginDto>>> ListForAdminAsync(string userId, CancellationToken ct) =>
        await users.ExistsAsync(userId, ct) ? await ListAsync(userId, ct) : UserErrors.NotFound(userId);

    /// <summary>Shows the login that waits to be connected. Errors: <c>not_found</c>.</summary>
    public async Task<Result<PendingLoginDto>> GetPendingAsync(CurrentSession caller, string? secret, CancellationToken ct) =>
        await pending.FindAsync(caller, secret, ct) is { } identity
            ? new PendingLoginDto(identity.Provider, identity.DisplayName, identity.Email)
            : LoginErrors.NothingPending;

    /// <summary>Connects the login that waits. Errors: <c>not_found</c>, <c>conflict</c>.</summary>
    public Task<Result<LoginDto>> ConfirmAsync(CurrentSession caller, string? secret, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<LoginDto>>(
            async ct =>
                await pending.TakeAsync(caller, secret, ct) is { } identity
                    ? await ConnectAsync(caller, identity, ct)
                    : LoginErrors.NothingPending,
            ct
        );

    /// <summary>Drops the login that waits. Errors: <c>not_found</c>.</summary>
    public Task<Result> DropPendingAsync(CurrentSession caller, string? secret, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct => await pending.TakeAsync(caller, secret, ct) is not null ? Result.Success : LoginErrors.NothingPending,
            ct
        );

    /// <summary>Connects a login that the caller has just used at the provider. Errors: <c>conflict</c>.</summary>
    public Task<Result<LoginDto>> AddAsync(CurrentSession caller, ExternalIdentity identity, CancellationToken ct) =>
        unitOfWork.ExecuteAsync(ct => ConnectAsync(caller, identity, ct), ct);

    /// <summary>Removes one of the caller's logins. Errors: <c>not_found</c>.</summary>
    public Task<Result> RemoveAsync(CurrentSession caller, string provider, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
                await LoadAsync(caller.UserId, ct) is { } user
                    ? await connector.RemoveAsync(user, provider, byAdmin: false, ct) is { } problem
                        ? problem
                        : Result.Success
                    : Errors.Unauthenticated,
            ct
        );

    private async Task<Result<LoginDto>> ConnectAsync(CurrentSession caller, ExternalIdentity identity, CancellationToken ct)
    {
        if (await LoadAsync(caller.UserId, ct) is not { } user)
        {
            return Errors.Unauthenticated;
        }

        if (await connector.ConnectAsync(user, identity, notify: true, null, ct) is { } problem)
        {
            return problem;
        }

        await unitOfWork.FlushAsync(ct);
        return mapper.Map<LoginDto>((await logins.ListAsync(user.Id, ct)).Single(l => l.LoginProvider == identity.Provider));
    }

    // Locks the user's row first: of two logins that are connected at once, the second sees the first.
    private async Task<User?> LoadAsync(string userId, CancellationToken ct)
    {
        if (await users.LoadAsync(userId, ct) is not { } user)
        {
            return null;
        }

        await users.ClaimAsync(user, ct);
        return user;
    }
}
