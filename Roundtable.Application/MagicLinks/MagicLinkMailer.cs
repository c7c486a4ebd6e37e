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
    MailLanguage language,
    IOptions<AppOptions> app,
    IOptions<AuthOptions> auth
)
{
    private const string Page = "magic-link";

    /// <summary>
    /// Issues a link with a code in the current transaction, bound to the requesting browser, and mails both. If sign-up is disabled, a
    /// stranger's link is created but not mailed, and so is one over the address's limit: equal work, equal time.
    /// </summary>
    /// <param name="isOverLimit">Whether the address has had its mails: older links then stay valid.</param>
    /// <returns>
    /// The secret for the browser's cookie. Over the limit, a browser whose last request for the address still waits keeps that one.
    /// </returns>
    public async Task<string> SendAsync(
        EmailAddress email,
        User? user,
        MagicLinkRequestData request,
        bool isOverLimit,
        CancellationToken ct
    )
    {
        var lifetime = auth.Value.MagicLink.Lifetime;
        var shown = values.For(user);
        var payload = new MagicLinkPayload(
            email.Value,
            request.Name,
            request.CallbackUrl,
            IpAddress: shown["ipAddress"],
            Device: shown["device"]
        );
        var issued = await tokens.IssueBoundAsync(
            TokenPurpose.MagicLink,
            user?.Id,
            email.Normalized,
            payload,
            lifetime,
            supersede: !isOverLimit,
            ct
        );
        shown["link"] = app.Value.Link(Page, issued.Secret);
        shown["code"] = issued.Code;
        shown["expires"] = values.TimeIn(lifetime);
        var to = user?.Email ?? email.Value;
        var mail = new Mail(MailTemplates.MagicLink, to, user?.Id, shown, language.ForRequest(request.Locale, user));
        if (!isOverLimit && (user is not null || auth.Value.MagicLink.AllowSignUp))
        {
            outbox.Enqueue(mail);
        }
        else
        {
            outbox.Simulate(mail);
        }

        return isOverLimit && await tokens.IsWaitingAsync(request.BrowserSecret, email, ct) ? request.BrowserSecret! : issued.Browser;
    }

    /// <summary>Issues and mails a link that works in any browser, without counting it towards the address's limit.</summary>
    public async Task SendUnboundAsync(EmailAddress email, User user, CancellationToken ct)
    {
        var lifetime = auth.Value.MagicLink.Lifetime;
        var payload = new MagicLinkPayload(email.Value, null, null);
        var secret = await tokens.IssueAsync(TokenPurpose.MagicLink, user.Id, email.Normalized, payload, lifetime, ct);
        var shown = values.ForLink(user, app.Value.Link(Page, secret), lifetime);
        outbox.Enqueue(new Mail(MailTemplates.MagicLink, email.Value, user.Id, shown, language.For(user)));
    }

    /// <summary>
    /// Issues and mails an admin's invitation link, which works for a week and even if sign-up is disabled. It does not count towards
    /// the address's limit.
    /// </summary>
    public async Task InviteAsync(EmailAddress email, User user, Caller admin, CancellationToken ct)
    {
        var shown = MailValues.FromAdmin(user);
        shown["link"] = await CreateInvitationAsync(email, user, ct);
        shown["expires"] = values.TimeIn(auth.Value.MagicLink.InvitationLifetime);
        shown["invitedBy"] = admin.Name;
        outbox.Enqueue(new Mail(MailTemplates.Invitation, email.Value, user.Id, shown, user.Profile.Locale));
    }

    /// <summary>Issues an invitation link in the current transaction and returns it without mailing it.</summary>
    public async Task<string> CreateInvitationAsync(EmailAddress email, User user, CancellationToken ct)
    {
        var payload = new MagicLinkPayload(email.Value, user.Name, null, IsInvitation: true);
        var lifetime = auth.Value.MagicLink.InvitationLifetime;
        return app.Value.Link(Page, await tokens.IssueAsync(TokenPurpose.MagicLink, user.Id, email.Normalized, payload, lifetime, ct));
    }
}
