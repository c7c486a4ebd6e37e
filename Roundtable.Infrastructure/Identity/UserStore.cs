using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Domain.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// EF Core's user store, adapted where our tables differ from Identity's: users are loaded with their credentials, roles are identified by
/// name, and passkeys, recovery codes and authenticator keys have their own tables and columns.
/// </summary>
internal sealed partial class UserStore(
    RoundtableDbContext db,
    IdentityErrorDescriber describer,
    TwoFactorCodes codes,
    IRequestContext context,
    TimeProvider clock
)
    : UserStore<
        User,
        Role,
        RoundtableDbContext,
        string,
        IdentityUserClaim<string>,
        UserRole,
        UserLogin,
        IdentityUserToken<string>,
        IdentityRoleClaim<string>
    >(db, describer)
{
    public override IQueryable<User> Users =>
        Context
            .Users.Include(u => u.Profile)
            .Include(u => u.Roles)
            .Include(u => u.Credentials)
                .ThenInclude(c => c.Passkeys)
            .Include(u => u.Credentials)
                .ThenInclude(c => c.RecoveryCodes)
            .AsSplitQuery();

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public override Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken = default) =>
        FindUserAsync(userId, cancellationToken);

    public override Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken = default) =>
        FindByEmailAsync(EmailAddress.Normalize(normalizedUserName), cancellationToken);

    // Follows the e-mail address.
    public override Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    /// <summary>Saves the changes, guarded by the user's version.</summary>
    public override async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken = default)
    {
        try
        {
            await SaveChanges(cancellationToken);
            return IdentityResult.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return IdentityResult.Failed(ErrorDescriber.ConcurrencyFailure());
        }
    }

    public override Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken = default)
    {
        user.Credentials.SetPassword(passwordHash, EntityId.New(Now));
        return Task.CompletedTask;
    }

    public override async Task<IList<string>> GetRolesAsync(User user, CancellationToken cancellationToken = default) =>
        await Context.UserRoles.Where(r => r.UserId == user.Id).Select(r => r.RoleName).ToListAsync(cancellationToken);

    public override async Task<IList<User>> GetUsersInRoleAsync(string normalizedRoleName, CancellationToken cancellationToken = default) =>
        await Users.Where(u => u.Roles.Any(r => r.RoleName == normalizedRoleName)).ToListAsync(cancellationToken);

    public override async Task<IList<User>> GetUsersForClaimAsync(Claim claim, CancellationToken cancellationToken = default) =>
        await Users
            .Where(u => Context.UserClaims.Any(c => c.UserId == u.Id && c.ClaimType == claim.Type && c.ClaimValue == claim.Value))
            .ToListAsync(cancellationToken);

    protected override UserLogin CreateUserLogin(User user, UserLoginInfo login) =>
        UserLogin.Connect(user.Id, login.LoginProvider, login.ProviderKey, login.ProviderDisplayName, EntityId.New(Now), Now);

    protected override Task<Role?> FindRoleAsync(string normalizedRoleName, CancellationToken cancellationToken) =>
        Context.Roles.FirstOrDefaultAsync(r => r.Name == normalizedRoleName, cancellationToken);
}
