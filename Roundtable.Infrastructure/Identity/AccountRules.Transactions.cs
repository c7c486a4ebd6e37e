using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Identity;

/// <content>Runs each call in one transaction, on the entities that the caller has loaded and changed.</content>
internal sealed partial class AccountRules
{
    private Task<IdentityResult> ChangeAsync(
        User user,
        Func<User, CancellationToken, Task<Error?>> change,
        Func<Task<IdentityResult>>? save = null
    ) => RunAsync(user, async ct =>
        {
            // Serialises this with operations that open something on the account, before any dependent row is written.
            await Get<UserRowLock>().TakeAsync(user.Id, ct);
            if (await TrackAsync(user) is not { } known)
            {
                return IdentityResult.Failed(describer.ConcurrencyFailure());
            }

            if ((await FollowAsync(known, ct) ?? await change(known, ct)) is { } error)
            {
                return Failed(error);
            }

            var result = save is null ? await Get<IUserStore<User>>().UpdateAsync(known, ct) : await save();
            if (result.Succeeded && !ReferenceEquals(known, user))
            {
                Copy(known, user);
            }

            return result;
        });

    /// <summary>
    /// Returns the tracked instance of the user. A detached user is loaded again and gets the changes; null if a concurrent change was
    /// faster.
    /// </summary>
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

        // Values that the database updates regardless of the version are not overwritten by a caller with an older copy.
        var (account, credentials) = (Db.Entry(known), Db.Entry(known.Credentials));
        var codesWereReplaced = known.Credentials.RecoveryCodesSetId != user.Credentials.RecoveryCodesSetId;
        var (lastSeen, step, failures, locked, byOthers) = (
            known.LastSeenOrEpochUtc,
            known.Credentials.LastTwoFactorStep,
            known.Credentials.FailedAttempts,
            known.Credentials.LockedUntilUtc,
            known.Credentials.SetByOthers
        );
        Copy(user, known);
        account.Property(u => u.LastSeenOrEpochUtc).CurrentValue = lastSeen;
        credentials.Property(c => c.LastTwoFactorStep).CurrentValue = step;
        credentials.Property(c => c.FailedAttempts).CurrentValue = failures;
        credentials.Property(c => c.LockedUntilUtc).CurrentValue = locked;
        credentials.Property(c => c.SetByOthers).CurrentValue = byOthers;
        known.Credentials.TakeSetsOf(user.Credentials, codesWereReplaced);
        return known;
    }

    private void Copy(User from, User to)
    {
        Db.Entry(to).CurrentValues.SetValues(from);
        Db.Entry(to.Credentials).CurrentValues.SetValues(from.Credentials);
        Db.Entry(to.Profile).CurrentValues.SetValues(from.Profile);
    }

    private async Task<IdentityResult> RunAsync(User user, Func<CancellationToken, Task<IdentityResult>> work)
    {
        var unit = Get<UnitOfWork>();
        if (unit.IsInside)
        {
            return await RunInsideAsync(user, work);
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
                CancellationToken.None
            );
            return done.Failed && result.Succeeded ? Failed(done.Error!) : result;
        }
        catch (DbUpdateConcurrencyException)
        {
            return IdentityResult.Failed(describer.ConcurrencyFailure());
        }
        catch (Exception e) when (Get<IDatabaseErrors>() is var errors && (errors.IsDuplicateKey(e) || errors.IsForeignKey(e)))
        {
            return errors.IsDuplicateKey(e, nameof(Db.Users), nameof(User.NormalizedEmail))
                ? Failed(UserErrors.EmailTaken)
                : IdentityResult.Failed(describer.ConcurrencyFailure());
        }
    }

    // The owner of the transaction continues with it: the refused changes of the user must not be part of its save, and its other changes
    // must.
    private async Task<IdentityResult> RunInsideAsync(User user, Func<CancellationToken, Task<IdentityResult>> work)
    {
        var result = await work(CancellationToken.None);
        if (result.Succeeded)
        {
            await Db.SaveChangesAsync();
            return result;
        }

        foreach (
            var entry in Db
                .ChangeTracker.Entries()
                .Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached) && IsOf(user, e))
                .ToList()
        )
        {
            if (entry.State == EntityState.Added)
            {
                entry.State = EntityState.Detached;
            }
            else
            {
                entry.CurrentValues.SetValues(entry.OriginalValues);
                entry.State = EntityState.Unchanged;
            }
        }

        return result;
    }

    private static bool IsOf(User user, EntityEntry entry) =>
        entry.Entity == user
        || (entry.Metadata.FindProperty(nameof(Credentials.UserId)) is { } owner && Equals(entry.Property(owner).CurrentValue, user.Id));
}
