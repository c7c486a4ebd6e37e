using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Accounts;
using Roundtable.Application.Administration;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Passwords;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// Applies the rules of an account change that came through <see cref="UserManager{TUser}"/>, in one transaction: ends sessions, keeps the
/// last admin, writes the audit log and notifies the user. Runs within a unit of work that is already active.
/// </summary>
internal sealed partial class AccountRules(IServiceProvider services, IdentityErrorDescriber describer)
{
    private const string LockedOut = "Locked out";

    private bool provedByMail;
    private bool provesNewAddress;

    private RoundtableDbContext Db => Get<RoundtableDbContext>();

    private DateTime Now => Get<TimeProvider>().GetUtcNow().UtcDateTime;

    /// <summary>Completes a user that was created by its constructor. Returns an error if the e-mail address is invalid.</summary>
    public IdentityResult? Complete(User user)
    {
        if (!EmailAddress.TryParse(user.Email, out var email))
        {
            return IdentityResult.Failed(describer.InvalidEmail(user.Email));
        }

        if (user.Profile is null)
        {
            user.Complete(email, user.Name, user.EmailVerified ? UserOrigin.CreatedByAdmin : UserOrigin.SelfRegistered, Now);
        }

        return null;
    }

    /// <summary>The new account replaces only a registration that was never completed.</summary>
    public async Task<IdentityResult> CreateAsync(User user, Func<Task<IdentityResult>> save)
    {
        if (Complete(user) is { } problem)
        {
            return problem;
        }

        return await RunAsync(user, async ct =>
        {
            _ = EmailAddress.TryParse(user.Email, out var email);
            if (!await Get<AddressRelease>().TryReleaseToAdminAsync(email!, null, ct))
            {
                return IdentityResult.Failed(describer.DuplicateEmail(user.Email));
            }

            if (user is { Origin: UserOrigin.CreatedByAdmin, PasswordHash: not null })
            {
                // The person who vouched for the address may not be the one who typed the password.
                user.Credentials.SetPassword(user.PasswordHash, EntityId.New(Now), byOthers: true);
            }

            var result = await save();
            if (result.Succeeded)
            {
                Get<AccountRegistry>().Record(user, null, null);
            }

            return result;
        });
    }

    public Task<IdentityResult> DeleteAsync(User user) => RunAsync(user, async ct =>
        {
            if (await TrackAsync(user) is not { } known)
            {
                return IdentityResult.Failed(describer.ConcurrencyFailure());
            }

            if (await Get<AdminGuard>().IsLastAdminAsync(known, ct))
            {
                return Failed(UserErrors.LastAdmin);
            }

            await Get<AccountDeletionService>().RemoveAsync(known, ct);
            return IdentityResult.Success;
        });

    /// <exception cref="InvalidOperationException">The role does not exist; Identity throws the same.</exception>
    public Task<IdentityResult> SetRolesAsync(User user, IReadOnlyCollection<string> names) => ChangeAsync(user, async (known, ct) =>
        {
            var unknown = names
                .Except(await Db.Roles.Where(r => names.Contains(r.Name)).Select(r => r.Name).ToListAsync(ct), StringComparer.Ordinal)
                .FirstOrDefault();
            return unknown is not null
                ? throw new InvalidOperationException($"Role {unknown} does not exist.")
                : await Get<UserRolesService>().ReplaceAsync(known, names, ct);
        });

    public Task<IdentityResult> SetLockoutEndAsync(User user, DateTimeOffset? end) =>
        ChangeAsync(user, (known, ct) => FollowLockoutAsync(known, end?.UtcDateTime ?? DateTime.MinValue, null, ct));

    /// <summary>Ends the account's sessions, and revokes its pending links and its trusted and known browsers.</summary>
    public Task<IdentityResult> SignOutEverywhereAsync(User user) => ChangeAsync(user, async (known, ct) =>
        {
            known.Credentials.ChangeSecurityStamp(null);
            await Get<AccessRevocation>().EndAsync(known, SessionEndReason.RevokedByAdmin, null, undosAfterId: null, ct);
            Get<IAuditTrail>().Record(AuditActions.SessionsRevoked, AuditTarget.User(known.Id));
            return null;
        });

    /// <summary>Returns whether the password is the user's, and rehashes it if it was stored under an older hash.</summary>
    public async Task<bool> CheckPasswordAsync(User? user, string password, IPasswordHasher<User> hasher)
    {
        var verified = hasher.VerifyHashedPassword(user!, user?.PasswordHash ?? Get<PasswordDecoy>().Hash, password);
        if (user?.PasswordHash is null || verified == PasswordVerificationResult.Failed)
        {
            return false;
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var (hash, before) = (hasher.HashPassword(user, password), user.PasswordHash);
            _ = await InOwnScopeAsync<IServiceProvider, Result<bool>>(own =>
                own.GetRequiredService<IUnitOfWork>()
                    .ExecuteAsync<Result<bool>>(
                        async ct => await own.GetRequiredService<ICredentialRepository>().RehashAsync(user.Id, before, hash, ct),
                        CancellationToken.None
                    )
            );
        }

        return true;
    }

    public Task<IdentityResult> CountFailureAsync(User user, LockoutOptions lockout) => RunAsync(user, async ct =>
        {
            await Get<ICredentialRepository>()
                .TryAttemptAsync(user.Id, lockout.MaxFailedAccessAttempts, lockout.DefaultLockoutTimeSpan, Now, ct);
            if (Db.Entry(user.Credentials) is { State: not EntityState.Detached } entry)
            {
                await entry.ReloadAsync(ct);
            }

            return IdentityResult.Success;
        });

    /// <summary>Applies all other changes made before <c>UpdateAsync</c>, as found in the change tracker.</summary>
    public Task<IdentityResult> UpdateAsync(User user, Func<Task<IdentityResult>> save) =>
        ChangeAsync(user, (known, ct) => Task.FromResult<Error?>(null), save);

    /// <summary>Runs work for a user who has proved that they receive the account's mail.</summary>
    public async Task<IdentityResult> ProvedByMailAsync(Func<Task<IdentityResult>> work)
    {
        provedByMail = true;
        try
        {
            return await work();
        }
        finally
        {
            provedByMail = false;
        }
    }

    /// <summary>Runs an e-mail change that was confirmed with a token mailed to the new address.</summary>
    public async Task<IdentityResult> ProvingNewAddressAsync(Func<Task<IdentityResult>> work)
    {
        provesNewAddress = true;
        try
        {
            return await work();
        }
        finally
        {
            provesNewAddress = false;
        }
    }

    /// <summary>
    /// Uses a service with its own transactions, in a scope without the entities that the caller of the manager continues with.
    /// </summary>
    public async Task<TResult> InOwnScopeAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        if (Get<UnitOfWork>().IsInside)
        {
            return await use(Get<TService>());
        }

        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private IdentityResult Failed(Error error) =>
        IdentityResult.Failed(
            error == UserErrors.EmailTaken
                ? describer.DuplicateEmail("")
                : new IdentityError { Code = error.Code, Description = error.Message }
        );

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
