using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// Identity's user store over our own entities: <see cref="UserManager{TUser}"/> checks passwords and passkeys through it. Changes
/// are saved by the unit of work in whose transaction they happen.
/// </summary>
internal sealed partial class UserStore(RoundtableDbContext db, TimeProvider clock) : IUserEmailStore<User>, IUserPasswordStore<User>
{
    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedEmail);

    public Task<string?> GetEmailAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<string?> GetNormalizedEmailAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedEmail);

    public Task<bool> GetEmailConfirmedAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.EmailVerified);

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Credentials.PasswordHash);

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Credentials.PasswordHash is not null);

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.Credentials.SetPassword(passwordHash);
        return Task.CompletedTask;
    }

    public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) => WithCredentials().FirstOrDefaultAsync(u => u.Id == userId, cancellationToken);

    public Task<User?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        WithCredentials().FirstOrDefaultAsync(u => u.NormalizedEmail == normalizedEmail, cancellationToken);

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByEmailAsync(normalizedUserName, cancellationToken);

    public async Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken)
    {
        db.Users.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        db.Users.Remove(user);
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    // The address, its normal form and its verification change through the entity only, which keeps them together.
    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedEmailAsync(User user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetEmailAsync(User user, string? email, CancellationToken cancellationToken) => throw new NotSupportedException("Use User.ChangeEmail.");

    public Task SetEmailConfirmedAsync(User user, bool confirmed, CancellationToken cancellationToken) => throw new NotSupportedException("Use User.VerifyEmail.");

    public void Dispose()
    {
        // The context belongs to the scope.
    }

    private IQueryable<User> WithCredentials() => db.Users.Include(u => u.Profile).Include(u => u.Credentials).ThenInclude(c => c.Passkeys);
}
