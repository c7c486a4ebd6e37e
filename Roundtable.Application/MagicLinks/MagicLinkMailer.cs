using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
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
    /// <summary>
    /// Issues a link in the current transaction and mails it. If sign-up is disabled, a stranger's link is created but not mailed:
    /// equal work, equal time.
    /// </summary>
    public async Task SendAsync(EmailAddress email, User? user, MagicLinkPayload payload, CancellationToken ct)
    {
        var lifetime = auth.Value.MagicLink.Lifetime;
        var secret = await tokens.IssueAsync(TokenPurpose.MagicLink, user?.Id, email.Normalized, payload, lifetime, ct);
        if (user is not null || auth.Value.MagicLink.AllowSignUp)
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
        var shown = MailValues.FromAdmin(user);
        shown["link"] = await CreateInvitationAsync(email, user, ct);
        shown["expires"] = MailValues.Time(clock.GetUtcNow() + auth.Value.MagicLink.InvitationLifetime);
        shown["invitedBy"] = admin.Name;
        outbox.Enqueue(new Mail(MailTemplates.Invitation, email.Value, user.Id, shown, user.Profile.Locale));
    }

    /// <summary>Issues an invitation link in the current transaction and returns it without mailing it.</summary>
    public async Task<string> CreateInvitationAsync(EmailAddress email, User user, CancellationToken ct)
    {
        var payload = new MagicLinkPayload(email.Value, user.Name, null, IsInvitation: true);
        var lifetime = auth.Value.MagicLink.InvitationLifetime;
        return app.Value.Link(
            "magic-link",
            await tokens.IssueAsync(TokenPurpose.MagicLink, user.Id, email.Normalized, payload, lifetime, ct)
        );
    }
}
