using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Events;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Moves accounts between addresses, with what must end when they do.</summary>
[ScopedService]
public sealed class AddressMover(
    IUserRepository users,
    ICredentialRepository credentials,
    Lockdown lockdown,
    ConfiguredAdmins configured,
    AccountMailer mailer,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    private static readonly TimeSpan UndoLifetime = TimeSpan.FromDays(7);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>To the confirmed address. Other sessions and all pending links end; the old address gets the way back.</summary>
    /// <param name="askedId">An id of the moment in which the change was asked for: undoing it removes credentials that were set
    /// since.</param>
    public Task MoveAsync(User user, EmailAddress newEmail, string askedId, string keepSessionId, CancellationToken ct) =>
        MoveAsync(user, newEmail, new Move(askedId, keepSessionId, Verified: true, ByAdmin: false), ct);

    /// <summary>To an address that an admin gave. All sessions and pending links end; the old address gets the way back.</summary>
    /// <param name="verified">Whether the admin vouches for it.</param>
    public Task MoveByAdminAsync(User user, EmailAddress newEmail, bool verified, CancellationToken ct) =>
        MoveAsync(user, newEmail, new Move(EntityId.New(Now), null, verified, ByAdmin: true), ct);

    /// <summary>
    /// Back to the old address. Every session ends, every link but the undo links of earlier changes, and every credential that was set
    /// since the change was asked for. The old address must be free, or this account's.
    /// </summary>
    public async Task MoveBackAsync(User user, EmailAddress oldEmail, OneTimeToken undo, string? askedId, CancellationToken ct)
    {
        var taken = user.Email;
        await lockdown.EndAsync(user, SessionEndReason.EmailChanged, null, undosAfterId: undo.Id, ct);
        var account = await users.LoadWithCredentialsAsync(user.Id, ct);
        account!.Credentials.RemoveSetAfter(askedId ?? undo.Id);
        // When a login was added is not known; one's own is soon added again.
        await credentials.RemoveLoginsAsync(user.Id, ct);
        await configured.CloseAsync(user, ct);
        user.ChangeEmail(oldEmail, verified: true, Now);
        audit.Record(
            AuditActions.EmailChangeUndone,
            AuditTarget.User(user.Id),
            actor: user,
            raises: new EmailChanged(EventUser.Of(user), taken)
        );
        mailer.SendNotice(MailTemplates.EmailChangeUndone, user, taken);
    }

    private async Task MoveAsync(User user, EmailAddress newEmail, Move move, CancellationToken ct)
    {
        var old = user.Email;
        await lockdown.EndAsync(user, SessionEndReason.EmailChanged, move.KeepSessionId, undosAfterId: null, ct);
        await configured.CloseAsync(user, ct);
        user.ChangeEmail(newEmail, move.Verified, Now);
        audit.Record(
            AuditActions.EmailChanged,
            AuditTarget.User(user.Id),
            actor: move.ByAdmin ? null : user,
            raises: new EmailChanged(EventUser.Of(user), old)
        );
        await unitOfWork.FlushAsync(ct);
        var payload = new EmailUndoPayload(old, move.AskedId);
        var undo = new AccountLink(TokenPurpose.EmailChangeUndo, MailTemplates.EmailChanged, "undo-email", UndoLifetime, payload)
        {
            // A subject of its own: no later change, of this account or of another one at the old address, replaces the way back.
            Subject = EntityId.New(Now),
            FromAdmin = move.ByAdmin,
        };
        await mailer.SendLinkAsync(undo, user, old, ct, ("newEmail", newEmail.Value));
    }

    private sealed record Move(string AskedId, string? KeepSessionId, bool Verified, bool ByAdmin);
}

/// <summary>What undoing a change needs.</summary>
/// <param name="OldEmail">The address before the change.</param>
/// <param name="AskedId">An id of the moment in which the change was asked for; null in links of versions that did not record it.</param>
public sealed record EmailUndoPayload(string OldEmail, string? AskedId = null);
