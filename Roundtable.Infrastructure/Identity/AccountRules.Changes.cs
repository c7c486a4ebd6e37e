using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Administration;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Passwords;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <content>
/// Applies what follows from a change found in the change tracker. Changes that a service of the product has rules for are reverted and
/// then made by that service.
/// </content>
internal sealed partial class AccountRules
{
    private static readonly Error RolesByTheManager = new(
        "conflict",
        ErrorKind.Conflict,
        "Use AddToRolesAsync and RemoveFromRolesAsync to change roles."
    );

    // An impersonating admin is not the owner.
    private CurrentSession? OwnSessionOf(User user) =>
        Get<IRequestContext>().Session is { Impersonator: null } session && session.UserId == user.Id ? session : null;

    private async Task<Error?> FollowAsync(User user, CancellationToken ct)
    {
        if (
            Db.ChangeTracker.Entries<UserRole>().Any(r => r.Entity.UserId == user.Id && r.State is EntityState.Added or EntityState.Deleted)
        )
        {
            return RolesByTheManager;
        }

        var requested = Revert(user);
        var refusal = await FollowAddressAsync(user, requested, ct)
            ?? await FollowLockoutAsync(user, requested.BannedUntil, requested.BanReason, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (requested.SetsPassword)
        {
            await FollowPasswordAsync(user, requested.PasswordHash, ct);
        }

        await FollowTwoFactorAsync(user, requested, ct);
        FollowPasskeys(user);
        if (requested.Others.Count > 0)
        {
            Get<IAuditTrail>()
                .Record(
                    AuditActions.UserUpdated,
                    AuditTarget.User(user.Id),
                    new { changed = requested.Others },
                    raises: new UserUpdated(EventUser.Of(user), requested.Others)
                );
        }

        if (requested.IsChange || Db.ChangeTracker.Entries<Passkey>().Any(p => p.State is EntityState.Added or EntityState.Deleted))
        {
            user.Touch(Now);
        }

        return null;
    }

    private async Task<Error?> FollowAddressAsync(User user, RequestedChanges requested, CancellationToken ct)
    {
        if (requested.Email is null)
        {
            await FollowProofAsync(user, requested.Verified, ct);
            return null;
        }

        if (!EmailAddress.TryParse(requested.Email, out var email))
        {
            return Errors.Invalid("email", FieldErrors.NotAnAddress);
        }

        var before = user.Email;
        if (email.Normalized == user.NormalizedEmail)
        {
            user.ChangeEmail(email, requested.IsVerified, Now);
            Get<IAuditTrail>()
                .Record(AuditActions.EmailChanged, AuditTarget.User(user.Id), raises: new EmailChanged(EventUser.Of(user), before));
            return null;
        }

        // The old address being verified says nothing about the new one.
        return await MoveAsync(user, email, provesNewAddress || requested.Verified == true, ct);
    }

    private async Task<Error?> MoveAsync(User user, EmailAddress email, bool isVerified, CancellationToken ct)
    {
        if (!await Get<AddressRelease>().TryReleaseToAdminAsync(email, user, ct))
        {
            return UserErrors.EmailTaken;
        }

        if (isVerified && OwnSessionOf(user) is { } own)
        {
            await Get<EmailChanger>().MoveAsync(user, email, EntityId.New(Now), own.Id, bySession: true, ct);
            return null;
        }

        if (isVerified)
        {
            await Get<ForeignCredentials>().RemoveFromSignUpAsync(user, null, ct);
        }

        await Get<EmailChanger>().MoveByAdminAsync(user, email, isVerified, ct);
        if (!isVerified)
        {
            // No one has proved ownership of the address: the first user who does gets the account without what was set on it before.
            Db.Entry(user).Property(u => u.Origin).CurrentValue = UserOrigin.SelfRegistered;
        }

        return null;
    }

    private async Task FollowProofAsync(User user, bool? verified, CancellationToken ct)
    {
        if (verified == true)
        {
            // Any token proves ownership of the mailbox, and nothing else.
            await Get<EmailOwnership>().VerifyAsync(user, passwordIsOwners: false, ct);
        }
        else if (verified == false && EmailAddress.TryParse(user.Email, out var same))
        {
            user.ChangeEmail(same, verified: false, Now);
            Get<IAuditTrail>().Record(AuditActions.UserUpdated, AuditTarget.User(user.Id), new { changed = (string[])["emailVerified"] });
        }
    }

    /// <param name="until">Null for no change; a time in the past lifts the lockout.</param>
    private async Task<Error?> FollowLockoutAsync(User user, DateTime? until, string? reason, CancellationToken ct)
    {
        if (until is null)
        {
            return null;
        }

        if (until <= Now)
        {
            user.Credentials.Unlock();
            if (user.IsBanned(Now))
            {
                Get<BanService>().LiftBan(user);
            }

            return null;
        }

        if (await Get<AdminGuard>().IsLastAdminAsync(user, ct))
        {
            return UserErrors.LastAdmin;
        }

        await Get<BanService>().ApplyBanAsync(user, reason ?? LockedOut, until >= User.Forever ? null : until, ct);
        return null;
    }

    private async Task FollowPasswordAsync(User user, string? hash, CancellationToken ct)
    {
        var own = OwnSessionOf(user);
        if (provedByMail)
        {
            // Removes what strangers may have set, but not the password that is being set.
            await Get<EmailOwnership>().VerifyAsync(user, passwordIsOwners: false, ct);
        }

        user.Credentials.SetPassword(hash, EntityId.New(Now), byOthers: !provedByMail && own is null && hash is not null);
        var action =
            provedByMail ? AuditActions.PasswordReset
            : own is null ? AuditActions.UserPasswordSet
            : AuditActions.PasswordChanged;
        await Get<PasswordReplacer>().FinishAsync(user, action, SessionEndReason.PasswordChanged, provedByMail ? null : own?.Id, ct);
    }
}
