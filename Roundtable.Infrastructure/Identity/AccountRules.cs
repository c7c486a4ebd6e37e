using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// What follows a change of an account that came through <see cref="UserManager{TUser}"/>: one transaction, in which sessions end, the last admin
/// stays, the audit log and the user are told. Nothing of it where a unit of work runs already: the service that began it keeps the rules.
/// </summary>
internal sealed partial class AccountRules(IServiceProvider services, IdentityErrorDescriber describer)
{
    private const string LockedOut = "Locked out";

    private bool provedByMail;

    public SecondFactor SecondFactor => Get<SecondFactor>();

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

        return await RunAsync(async ct =>
        {
            _ = EmailAddress.TryParse(user.Email, out var email);
            if (!await Get<AddressRelease>().TryReleaseToAdminAsync(email!, null, ct))
            {
                return IdentityResult.Failed(describer.DuplicateEmail(user.Email));
            }

            var result = await save();
            if (result.Succeeded)
            {
                await Get<AccountRecords>().CreatedAsync(user, null, null, ct);
            }

            return result;
        });
    }

    public Task<IdentityResult> DeleteAsync(User user) => RunAsync(async ct =>
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
        var unknown = names.Except(await Db.Roles.Where(r => names.Contains(r.Name)).Select(r => r.Name).ToListAsync(ct), StringComparer.Ordinal).FirstOrDefault();
        return unknown is not null
            ? throw new InvalidOperationException($"Role {unknown} does not exist.")
            : await Get<UserRolesService>().ReplaceAsync(known, names, ct);
    });

    public Task<IdentityResult> SetLockoutEndAsync(User user, DateTimeOffset? end) => ChangeAsync(user, async (known, ct) =>
    {
        if (end is null || end <= Now)
        {
            known.Credentials.Unlock();
            if (known.IsBanned(Now))
            {
                Get<BanService>().LetIn(known);
            }

            return null;
        }

        if (await Get<AdminGuard>().IsLastAdminAsync(known, ct))
        {
            return UserErrors.LastAdmin;
        }

        await Get<BanService>().KeepOutAsync(known, LockedOut, end >= User.Forever ? null : end.Value.UtcDateTime, ct);
        return null;
    });

    public Task<IdentityResult> CountFailureAsync(User user, LockoutOptions lockout) => RunAsync(async ct =>
    {
        await Get<ICredentialRepository>().TryAttemptAsync(user.Id, lockout.MaxFailedAccessAttempts, lockout.DefaultLockoutTimeSpan, Now, ct);
        if (Db.Entry(user.Credentials) is { State: not EntityState.Detached } entry)
        {
            await entry.ReloadAsync(ct);
        }

        return IdentityResult.Success;
    });

    /// <summary>Whatever else was changed before <c>UpdateAsync</c>: found by what the context has loaded.</summary>
    public Task<IdentityResult> UpdateAsync(User user, Func<Task<IdentityResult>> save) => Get<UnitOfWork>().IsInside
        ? save()
        : ChangeAsync(user, (known, ct) => FollowAsync(known, ct), save);

    private Task<IdentityResult> ChangeAsync(User user, Func<User, CancellationToken, Task<Error?>> change, Func<Task<IdentityResult>>? save = null) => RunAsync(async ct =>
    {
        if (await TrackAsync(user) is not { } known)
        {
            return IdentityResult.Failed(describer.ConcurrencyFailure());
        }

        if (await change(known, ct) is { } error)
        {
            return Failed(error);
        }

        known.Touch(Now);
        if (!ReferenceEquals(known, user))
        {
            user.Touch(Now);
        }

        return save is null ? IdentityResult.Success : await save();
    });

    /// <summary>The user as the context knows them. One whom it does not is loaded anew and gets what was changed; null where somebody else was faster.</summary>
    private async Task<User?> TrackAsync(User user)
    {
        if (Db.Entry(user).State != EntityState.Detached)
        {
            return user;
        }

        var known = await Get<IUserStore<User>>().FindByIdAsync(user.Id, CancellationToken.None);
        if (known?.Version != user.Version)
        {
            return null;
        }

        Db.Entry(known).CurrentValues.SetValues(user);
        Db.Entry(known.Credentials).CurrentValues.SetValues(user.Credentials);
        Db.Entry(known.Profile).CurrentValues.SetValues(user.Profile);
        return known;
    }

    /// <summary>Runs what somebody does who has shown that the account's mail reaches them.</summary>
    public async Task<IdentityResult> ProvedByMailAsync(Func<Task<IdentityResult>> work)
    {
        provedByMail = true;
        var result = await work();
        provedByMail = false;
        return result;
    }

    private async Task<IdentityResult> RunAsync(Func<CancellationToken, Task<IdentityResult>> work)
    {
        var unit = Get<UnitOfWork>();
        if (unit.IsInside)
        {
            return await work(CancellationToken.None);
        }

        var result = IdentityResult.Success;
        try
        {
            var done = await unit.ExecuteOnLoadedAsync<Result>(
                async ct =>
                {
                    result = await work(ct);
                    return result.Succeeded ? Result.Success : Errors.Conflict;
                },
                CancellationToken.None);
            return done.Failed && result.Succeeded ? Failed(done.Error!) : result;
        }
        catch (DbUpdateException e) when (Get<IDatabaseErrors>().IsDuplicateKey(e))
        {
            return Failed(UserErrors.EmailTaken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return IdentityResult.Failed(describer.ConcurrencyFailure());
        }
    }

    private IdentityResult Failed(Error error) => IdentityResult.Failed(
        error == UserErrors.EmailTaken ? describer.DuplicateEmail("") : new IdentityError { Code = error.Code, Description = error.Message });

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
