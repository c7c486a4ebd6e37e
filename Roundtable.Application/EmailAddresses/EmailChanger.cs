using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>Changes an account's address and revokes sessions and links.</summary>
[ScopedService]
public sealed class EmailChanger(
    ForeignCredentials foreign,
    AccessRevocation revocation,
    ConfiguredAdmins configured,
    AccountMailer mailer,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    internal const string UndoPage = "undo-email";

    private static readonly TimeSpan UndoLifetime = TimeSpan.FromDays(7);

    /// <summary>
    /// Changes to the confirmed address. Other sessions and all pending links end; the old address receives an undo link.
    /// </summary>
    /// <param name="askedId">An id created when the change was requested: undoing it removes credentials that were set since.</param>
    /// <param name="bySession">Whether the requesting session confirms: the click proves ownership of the mailbox, not who set the
    /// credentials of the requesting account.</param>
    public Task MoveAsync(User user, EmailAddress newEmail, string askedId, string keepSessionId, bool bySession, CancellationToken ct) =>
        MoveAsync(user, newEmail, new Move(askedId, keepSessionId, Verified: true, ByAdmin: false, CredentialsAreForeign: !bySession), ct);

    /// <summary>Changes to an address set by an admin. All sessions and pending links end; the old address receives an undo link.</summary>
    /// <param name="verified">Whether the admin vouches for the address.</param>
    public Task MoveByAdminAsync(User user, EmailAddress newEmail, bool verified, CancellationToken ct) =>
        MoveAsync(
            user,
            newEmail,
            new Move(EntityId.New(unitOfWork.UtcNow), null, verified, ByAdmin: true, CredentialsAreForeign: true),
            ct
        );

    /// <summary>
    /// Restores the old address. Ends every session and every link except the undo links of earlier changes, and removes every
    /// credential set since the change was requested. The old address must be free, or this account's.
    /// </summary>
    public async Task MoveBackAsync(User user, EmailAddress oldEmail, string undoId, EmailUndoPayload change, CancellationToken ct)
    {
        // The click proves the old mailbox. A stranger may have signed up with it, and an account that an admin moved from it unverified
        // may belong to one.
        if (change.WasSignUp || user.IsUnverifiedSignUp)
        {
            await foreign.RemoveAllAsync(user, user, ct);
        }

        var taken = user.Email;
        await revocation.EndAsync(user, SessionEndReason.EmailChanged, null, undosAfterId: undoId, ct);
        await foreign.RemoveSetAfterAsync(user, change.AskedId ?? undoId, ct);
        await configured.CloseAsync(user, ct);
        user.ChangeEmail(oldEmail, verified: true, unitOfWork.UtcNow);
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
        var (old, wasSignUp) = (user.Email, user.IsUnverifiedSignUp);
        await revocation.EndAsync(user, SessionEndReason.EmailChanged, move.KeepSessionId, undosAfterId: null, ct);
        await configured.CloseAsync(user, ct);
        user.ChangeEmail(newEmail, move.Verified, unitOfWork.UtcNow);
        audit.Record(
            AuditActions.EmailChanged,
            AuditTarget.User(user.Id),
            actor: move.ByAdmin ? null : user,
            raises: new EmailChanged(EventUser.Of(user), old)
        );
        await unitOfWork.FlushAsync(ct);
        var payload = new EmailUndoPayload(old, move.AskedId, WasSignUp: wasSignUp);
        var undo = new AccountLink(TokenPurpose.EmailChangeUndo, MailTemplates.EmailChanged, UndoPage, UndoLifetime, payload)
        {
            // A unique subject: no later change, of this account or another one at the old address, supersedes the undo link.
            Subject = EntityId.New(unitOfWork.UtcNow),
            FromAdmin = move.ByAdmin,
            IsWarning = true,
        };
        await mailer.SendLinkAsync(undo, user, old, ct, ("newEmail", newEmail.Value));
        if (move.CredentialsAreForeign)
        {
            await foreign.MarkAsync(user, ct);
        }
    }

    private sealed record Move(string AskedId, string? KeepSessionId, bool Verified, bool ByAdmin, bool CredentialsAreForeign);
}

/// <summary>The data for undoing a change.</summary>
/// <param name="OldEmail">The address before the change.</param>
/// <param name="AskedId">An id created when the change was requested; null in links of versions that did not record it.</param>
/// <param name="UndoId">The id of the change's first undo link, if this one was mailed later.</param>
/// <param name="WasSignUp">Whether the old address was never proved: the user of the link is its first proven owner.</param>
public sealed record EmailUndoPayload(string OldEmail, string? AskedId = null, string? UndoId = null, bool WasSignUp = false);
