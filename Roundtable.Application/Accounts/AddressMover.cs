using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Events;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Moves accounts between addresses, with what must end when they do.</summary>
[ScopedService]
public sealed class AddressMover(IUserRepository users, Lockdown lockdown, AccountMailer mailer, IAuditTrail audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    private static readonly TimeSpan UndoLifetime = TimeSpan.FromDays(7);

    /// <summary>To the confirmed address. Other sessions and all pending links end; the old address gets the way back.</summary>
    public Task MoveAsync(User user, EmailAddress newEmail, string keepSessionId, CancellationToken ct) =>
        MoveAsync(user, newEmail, verified: true, keepSessionId, byAdmin: false, ct);

    /// <summary>To an address that an admin gave. All sessions and pending links end; the old address gets the way back.</summary>
    /// <param name="verified">Whether the admin vouches for it.</param>
    public Task MoveByAdminAsync(User user, EmailAddress newEmail, bool verified, CancellationToken ct) =>
        MoveAsync(user, newEmail, verified, keepSessionId: null, byAdmin: true, ct);

    /// <summary>Back to the old address; every session and link ends. False when somebody else has shown to own the address.</summary>
    public async Task<bool> MoveBackAsync(User user, EmailAddress oldEmail, CancellationToken ct)
    {
        if (await users.LoadByEmailAsync(oldEmail.Normalized, ct) is { } squatter)
        {
            // Whoever took the account may have parked a new one on the address to keep its owner out.
            if (squatter.EmailVerified || squatter.Origin != UserOrigin.SelfRegistered)
            {
                return false;
            }

            await users.RemoveAsync(squatter, ct);
            audit.Record(AuditActions.UserDeleted, AuditTarget.User(squatter.Id), new { reason = "addressReclaimed" }, user, new UserDeleted(EventUser.Of(squatter)));
        }

        var taken = user.Email;
        await lockdown.EndAsync(user, Domain.Sessions.SessionEndReason.EmailChanged, null, alsoUndo: true, ct);
        user.ChangeEmail(oldEmail, verified: true, clock.GetUtcNow().UtcDateTime);
        audit.Record(AuditActions.EmailChangeUndone, AuditTarget.User(user.Id), actor: user, raises: new EmailChanged(EventUser.Of(user), taken));
        mailer.SendNotice(MailTemplates.EmailChangeUndone, user, taken);
        return true;
    }

    private async Task MoveAsync(User user, EmailAddress newEmail, bool verified, string? keepSessionId, bool byAdmin, CancellationToken ct)
    {
        var old = user.Email;
        await lockdown.EndAsync(user, Domain.Sessions.SessionEndReason.EmailChanged, keepSessionId, alsoUndo: false, ct);
        user.ChangeEmail(newEmail, verified, clock.GetUtcNow().UtcDateTime);
        audit.Record(AuditActions.EmailChanged, AuditTarget.User(user.Id), actor: byAdmin ? null : user, raises: new EmailChanged(EventUser.Of(user), old));
        await unitOfWork.FlushAsync(ct);
        var undo = new AccountLink(TokenPurpose.EmailChangeUndo, MailTemplates.EmailChanged, "undo-email", UndoLifetime, new EmailUndoPayload(old), byAdmin);
        await mailer.SendLinkAsync(undo, user, old, ct, ("newEmail", newEmail.Value));
    }
}

/// <summary>The address before the change.</summary>
public sealed record EmailUndoPayload(string OldEmail);
