using AutoMapper;
using Roundtable.Application.Common;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Users;

/// <summary>Shows users their own and other accounts.</summary>
[ScopedService]
public sealed class UserQueryService(IUserReader users, IMapper mapper)
{
    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<UserDto>> GetAsync(string id, CancellationToken ct) =>
        await users.ReadAsync(id, ct) is { } user ? user : UserErrors.NotFound(id);

    /// <summary>
    /// Returns the full account to its owner and holders of <c>users:read</c>, else the public profile. An API key without the right
    /// to the full account gets nothing. Errors: <c>forbidden</c>, <c>not_found</c>.
    /// </summary>
    public async Task<Result<UserView>> ViewAsync(Caller caller, string id, CancellationToken ct)
    {
        var isFull =
            caller.Has(Permissions.UsersRead)
            || (id == caller.PrincipalId && (caller is not ApiKeyCaller key || key.Scopes.Contains(ApiKeyScopes.MeRead)));
        if (caller is ApiKeyCaller && !isFull)
        {
            return Errors.Lacking(caller, Permissions.UsersRead);
        }

        if (await users.ReadAsync(id, ct) is not { } user)
        {
            return UserErrors.NotFound(id);
        }

        return isFull ? new UserView(user, null) : new UserView(null, mapper.Map<PublicProfileDto>(user));
    }
}

/// <summary>A user as visible to the caller; exactly one member is set.</summary>
public sealed record UserView(UserDto? Full, PublicProfileDto? Public);
