using Microsoft.Extensions.Options;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Sessions;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.MagicLinks;

/// <summary>Creates a sign-in link and its mail.</summary>
[ScopedService]
public sealed class MagicLinkMailer(
    OneTimeTokens tokens,
    IMailOutbox outbox,
    MailValues values,
    IOptions<AppOptions> app,
    IOptions<AuthOptions> auth,
    TimeProvider clock
)
{
    /// <summary>Issues a link in the current transaction and mails it if <paramref name="mail"/> is true.</summary>
    public async Task SendAsync(EmailAddress email, User? user, MagicLinkPayload payload, bool mail, CancellationToken ct)
    {
        var lifetime = auth.Value.MagicLink.Lifetime;
        var secret = await tokens.IssueAsync(TokenPurpose.MagicLink, user?.Id, email.Normalized, payload, lifetime, ct);
        if (mail)
        {
            var shown = values.ForLink(user, app.Value.Link("magic-link", secret), lifetime);
            outbox.Enqueue(new Mail(MailTemplates.MagicLink, email.Value, user?.Id, shown, user?.Profile.Locale));
        }
    }

    /// <summary>
    /// Issues and mails an admin's invitation link, which works for a week and even if sign-up is disabled. It does not count towards
    /// the address's limit.
    /// </summary>
    public async Task InviteAsync(EmailAddress email, User user, CurrentSession admin, CancellationToken ct)
    {
        var lifetime = auth.Value.MagicLink.InvitationLifetime;
        var payload = new MagicLinkPayload(email.Value, user.Name, null, IsInvitation: true);
        var secret = await tokens.IssueAsync(TokenPurpose.MagicLink, user.Id, email.Normalized, payload, lifetime, ct);
        var shown = MailValues.FromAdmin(user);
        shown["link"] = app.Value.Link("magic-link", secret);
        shown["expires"] = MailValues.Time(clock.GetUtcNow() + lifetime);
        shown["invitedBy"] = admin.Name;
        outbox.Enqueue(new Mail(MailTemplates.Invitation, email.Value, user.Id, shown, user.Profile.Locale));
    }
}
