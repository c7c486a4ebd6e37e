using Roundtable.Application.Common;
using Roundtable.Application.Roles;
using Roundtable.Application.Users;

namespace Roundtable.Application.Administration;

/// <summary>Lists and reads users for admins.</summary>
[ScopedService]
public sealed class UserAdminService(IUserRepository users, IUserListRepository list, IRoleRepository roles)
{
    /// <summary>Errors: <c>validation_failed</c> for an unknown role, <c>invalid_cursor</c>.</summary>
    public async Task<Result<Page<UserDto>>> ListAsync(UserFilter filter, UserOrder order, PageRequest page, CancellationToken ct)
    {
        if (filter.Role is { } role && await roles.FindAsync(role, ct) is null)
        {
            return Errors.Invalid("role", FieldErrors.NoSuchRole);
        }

        return await list.ListAsync(filter, order, page, ct);
    }

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<UserDto>> GetAsync(string id, CancellationToken ct) =>
        await users.ReadAsync(id, ct) is { } user ? user : UserErrors.NotFound(id);
}
