using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <content>What follows what: told by the columns that the context sees changed.</content>
internal sealed partial class AccountRules
{
    /// <summary>The columns that say when, and not what.</summary>
    private static readonly string[] Bookkeeping = [nameof(User.Version), nameof(User.UpdatedAtUtc), nameof(User.NormalizedName), nameof(User.LastSeenOrEpochUtc)];

    private async Task<Error?> FollowAsync(User user, CancellationToken ct)
    {
        var (account, credentials) = (Db.Entry(user), Db.Entry(user.Credentials));
        var changed = Changed(account).Concat(Changed(Db.Entry(user.Profile))).ToList();
        if (account.Property(u => u.Email) is { IsModified: true } email)
        {
            if (await MoveAsync(user, email.OriginalValue, account.Property(u => u.EmailVerified), ct) is { } refusal)
            {
                return refusal;
            }
        }
        else if (account.Property(u => u.EmailVerified).IsModified && user.EmailVerified)
        {
            // A proof of the mailbox, by whatever token: it proves nothing else.
            user.EmailConfirmed = false;
            await Get<MailboxOwners>().VerifyAsync(user, passwordIsOwners: false, ct);
        }

        if (credentials.Property(c => c.PasswordHash).IsModified)
        {
            await FollowPasswordAsync(user, ct);
        }

        if (credentials.Property(c => c.TwoFactorEnabled).IsModified)
        {
            await FollowTwoFactorAsync(user, ct);
        }

        changed.AddRange(Further(user));
        if (changed.Count > 0)
        {
            List<string> names = [.. changed.Select(CamelCase).Distinct(StringComparer.Ordinal)];
            Get<IAuditTrail>().Record(AuditActions.UserUpdated, AuditTarget.User(user.Id), new { changed = names }, raises: new UserUpdated(EventUser.Of(user), names));
        }

        return null;
    }

    // As when an admin moves the account: the old address gets the way back.
    private async Task<Error?> MoveAsync(User user, string before, PropertyEntry<User, bool> verified, CancellationToken ct)
    {
        if (!EmailAddress.TryParse(user.Email, out var wanted))
        {
            return Errors.Invalid("email", "This is not an e-mail address.");
        }

        var isVerified = user.EmailVerified;
        _ = EmailAddress.TryParse(before, out var old);
        (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (old!.Value, old.Normalized, verified.OriginalValue);
        if (wanted.Normalized == old.Normalized)
        {
            user.ChangeEmail(wanted, isVerified, Now);
            Get<IAuditTrail>().Record(AuditActions.EmailChanged, AuditTarget.User(user.Id), raises: new EmailChanged(EventUser.Of(user), before));
            return null;
        }

        if (!await Get<AddressRelease>().TryReleaseToAdminAsync(wanted, user, ct))
        {
            return UserErrors.EmailTaken;
        }

        if (isVerified)
        {
            await Get<ForeignCredentials>().RemoveFromSignUpAsync(user, null, ct);
        }

        await Get<ForeignCredentials>().MarkAsync(user, ct);
        await Get<AddressMover>().MoveByAdminAsync(user, wanted, isVerified, ct);
        return null;
    }

    private async Task FollowPasswordAsync(User user, CancellationToken ct)
    {
        var hash = user.PasswordHash;
        var caller = Get<IRequestContext>().Session;
        var isOwn = provedByMail || caller?.UserId == user.Id;
        if (provedByMail)
        {
            // What strangers may have set goes, but not what was set just now.
            await Get<MailboxOwners>().VerifyAsync(user, passwordIsOwners: false, ct);
        }

        user.Credentials.SetPassword(hash, EntityId.New(Now), byOthers: !isOwn);
        var action = (provedByMail, isOwn) switch
        {
            (true, _) => AuditActions.PasswordReset,
            (_, true) => AuditActions.PasswordChanged,
            _ => AuditActions.UserPasswordSet,
        };
        await Get<PasswordReplacer>().FinishAsync(user, action, SessionEndReason.PasswordChanged, action == AuditActions.PasswordChanged ? caller!.Id : null, ct);
    }

    private async Task FollowTwoFactorAsync(User user, CancellationToken ct)
    {
        if (!user.TwoFactorEnabled)
        {
            await Get<TrustedBrowsers>().ForgetAsync(user.Id, ct);
        }

        var (action, change) = user.TwoFactorEnabled ? (AuditActions.TwoFactorEnabled, "turned on") : (AuditActions.TwoFactorDisabled, "turned off");
        Get<TwoFactorNotices>().Tell(action, user, change);
    }

    // What has an audit action of its own is not named here.
    private static IEnumerable<string> Changed(EntityEntry entry) => entry.Properties
        .Where(p => p.IsModified && !Bookkeeping.Contains(p.Metadata.Name) && p.Metadata.Name is not (nameof(User.Email) or nameof(User.NormalizedEmail) or nameof(User.EmailVerified)))
        .Select(p => p.Metadata.Name);

    private IEnumerable<string> Further(User user)
    {
        string[] sets =
        [
            Touches<IdentityUserClaim<string>>(c => c.UserId == user.Id) ? "claims" : "",
            Touches<IdentityUserLogin<string>>(l => l.UserId == user.Id) ? "logins" : "",
            Touches<IdentityUserToken<string>>(t => t.UserId == user.Id) ? "tokens" : "",
            Touches<Passkey>(p => p.UserId == user.Id) ? "passkeys" : "",
            Touches<RecoveryCode>(c => c.UserId == user.Id) ? "recoveryCodes" : "",
        ];
        return sets.Where(s => s.Length > 0);
    }

    private bool Touches<TEntity>(Func<TEntity, bool> isTheirs)
        where TEntity : class => Db.ChangeTracker.Entries<TEntity>().Any(e => e.State is not (EntityState.Unchanged or EntityState.Detached) && isTheirs(e.Entity));

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
