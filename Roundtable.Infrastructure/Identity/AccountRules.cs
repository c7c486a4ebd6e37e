using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// What follows a change of an account that came through <see cref="UserManager{TUser}"/>: one transaction, in which sessions end, the last
/// admin stays, the audit log and the user are told. Where a unit of work runs already, it happens within that one.
/// </summary>
internal sealed partial class AccountRules(IServiceProvider services, IdentityErrorDescriber describer)
{
    private const string LockedOut = "Locked out";

    private bool provedByMail;
    private bool provesNewAddress;

    private RoundtableDbContext Db => Get<RoundtableDbContext>();

    private DateTime Now => Get<TimeProvider>().GetUtcNow().UtcDateTime;

    /// <summary>Makes an account of a user that was made by its constructor; the result where the address is none.</summary>
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

    /// <summary>Only a registration that nobody completed gives way to the new account.</summary>
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
                // Whoever vouched for the address need not be who typed the password.
                user.Credentials.SetPassword(user.PasswordHash, EntityId.New(Now), byOthers: true);
            }

            var result = await save();
            if (result.Succeeded)
            {
                Get<AccountRecords>().Created(user, null, null);
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

            await Get<AccountDeletion>().RemoveAsync(known, ct);
            return IdentityResult.Success;
        });

    /// <exception cref="InvalidOperationException">There is no such role, as Identity has it.</exception>
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

    /// <summary>Ends what is open on the account: its sessions, pending links, trusted and known browsers.</summary>
    public Task<IdentityResult> SignOutEverywhereAsync(User user) => ChangeAsync(user, async (known, ct) =>
        {
            known.Credentials.ChangeSecurityStamp(null);
            await Get<Lockdown>().EndAsync(known, SessionEndReason.RevokedByAdmin, null, undosAfterId: null, ct);
            Get<IAuditTrail>().Record(AuditActions.SessionsRevoked, AuditTarget.User(known.Id));
            return null;
        });

    /// <summary>Whether it is the user's password; where it was stored under an older hash, under ours from now on.</summary>
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

    /// <summary>Whatever else was changed before <c>UpdateAsync</c>: found by what the context has loaded.</summary>
    public Task<IdentityResult> UpdateAsync(User user, Func<Task<IdentityResult>> save) =>
        ChangeAsync(user, (known, ct) => Task.FromResult<Error?>(null), save);

    /// <summary>Runs what somebody does who has shown that the account's mail reaches them.</summary>
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

    /// <summary>Runs what moves an account to an address whose owner has shown a token that was mailed there.</summary>
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
    /// Does something that has transactions of its own. It begins without what was loaded, which whoever called the manager goes on with.
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
