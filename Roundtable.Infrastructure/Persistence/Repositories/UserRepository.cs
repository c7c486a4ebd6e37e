using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class UserRepository(RoundtableDbContext db, IConfigurationProvider maps, UserListQuery list, TimeProvider clock) : IUserRepository
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public void Add(User user) => db.Users.Add(user);

    public Task<User?> LoadAsync(string id, CancellationToken ct) =>
        db.Users.Include(u => u.Profile).Include(u => u.Roles).FirstOrDefaultAsync(u => u.Id == id, ct);

    public Task<User?> LoadWithCredentialsAsync(string id, CancellationToken ct) => db.Users
        .Include(u => u.Profile)
        .Include(u => u.Roles)
        .Include(u => u.Credentials).ThenInclude(c => c.Passkeys)
        .Include(u => u.Credentials).ThenInclude(c => c.RecoveryCodes)
        .AsSplitQuery()
        .FirstOrDefaultAsync(u => u.Id == id, ct);

    public Task<User?> LoadByEmailAsync(string normalizedEmail, CancellationToken ct) =>
        db.Users.Include(u => u.Profile).Include(u => u.Roles).FirstOrDefaultAsync(u => u.NormalizedEmail == normalizedEmail, ct);

    public Task<UserDto?> ReadAsync(string id, CancellationToken ct) =>
        db.Users.AsNoTracking().Where(u => u.Id == id).ProjectTo<UserDto>(maps, new { now = Now }).FirstOrDefaultAsync(ct);

    public Task<PublicProfileDto?> ReadPublicAsync(string id, CancellationToken ct) =>
        db.Users.AsNoTracking().Where(u => u.Id == id).ProjectTo<PublicProfileDto>(maps).FirstOrDefaultAsync(ct);

    public Task<Result<Page<UserDto>>> ListAsync(UserFilter filter, UserOrder order, PageRequest page, CancellationToken ct) =>
        list.RunAsync(filter, order, page, Now, ct);

    public async Task<int> CountOtherAdminsAsync(string userId, CancellationToken ct)
    {
        // Writing the role's row locks it: whoever else wants to count waits for this transaction.
        await db.Roles.Where(r => r.Name == Role.AdminName).ExecuteUpdateAsync(s => s.SetProperty(r => r.UpdatedAtUtc, r => r.UpdatedAtUtc), ct);
        var now = Now;
        return await db.UserRoles
            .Where(r => r.RoleName == Role.AdminName && r.UserId != userId)
            .Join(db.Users, r => r.UserId, u => u.Id, (_, u) => u.BannedUntilUtc)
            .CountAsync(until => until == null || until <= now, ct);
    }
}
