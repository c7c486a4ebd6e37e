using AutoMapper;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Users;

/// <summary>What people see of themselves and of others.</summary>
[ScopedService]
public sealed class UserViews(IUserReader users, IMapper mapper)
{
    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<UserDto>> GetAsync(string id, CancellationToken ct) =>
        await users.ReadAsync(id, ct) is { } user ? user : UserErrors.NotFound(id);

    /// <summary>Everything for oneself and holders of <c>users:read</c>, else the public profile. Errors: <c>not_found</c>.</summary>
    public async Task<Result<UserView>> ViewAsync(CurrentSession caller, string id, CancellationToken ct)
    {
        if (await users.ReadAsync(id, ct) is not { } user)
        {
            return UserErrors.NotFound(id);
        }

        return id == caller.UserId || caller.Has(Permissions.UsersRead)
            ? new UserView(user, null)
            : new UserView(null, mapper.Map<PublicProfileDto>(user));
    }
}

/// <summary>A user as the caller may see them: one of the two.</summary>
public sealed record UserView(UserDto? Full, PublicProfileDto? Public);
