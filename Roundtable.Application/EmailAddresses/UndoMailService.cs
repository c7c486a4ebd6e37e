using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Common;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>Mails the link that undoes a change of address once more.</summary>
[ScopedService]
public sealed class UndoMailService(IOneTimeTokenRepository stored, AccountMailer mailer, TimeProvider clock)
{
    /// <summary>
    /// Mails it to the old address in the current transaction, if the change can still be undone. The link that was mailed first remains
    /// valid.
    /// </summary>
    public async Task SendAgainAsync(User user, EmailAddress oldEmail, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var undos = await stored.ListUnusedAsync(TokenPurpose.EmailChangeUndo, user.Id, now, ct);
        var (undo, payload) = undos
            .Select(t => (Token: t, Payload: OneTimeTokens.Payload<EmailUndoPayload>(t)))
            .FirstOrDefault(t => t.Payload is { } p && EmailAddress.Normalize(p.OldEmail) == oldEmail.Normalized);
        if (undo is null || payload is null)
        {
            return;
        }

        var again = payload with { UndoId = payload.UndoId ?? undo.Id };
        var link = new AccountLink(
            TokenPurpose.EmailChangeUndo,
            MailTemplates.EmailChanged,
            EmailChanger.UndoPage,
            undo.ExpiresAtUtc - now,
            again
        )
        {
            Subject = EntityId.New(now),
        };
        await mailer.SendLinkAsync(link, user, payload.OldEmail, ct, ("newEmail", user.Email));
    }
}
