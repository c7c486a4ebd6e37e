using Microsoft.Extensions.Options;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.MagicLinks;

/// <summary>Makes a link and the mail that carries it.</summary>
public sealed class MagicLinkMailer(
    OneTimeTokens tokens, IMailOutbox outbox, MailValues values, IOptions<AppOptions> app, IOptions<AuthOptions> auth)
{
    /// <summary>Issues a link within the running transaction and mails it, unless <paramref name="mail"/> says not to.</summary>
    public async Task SendAsync(EmailAddress email, User? user, MagicLinkPayload payload, bool mail, CancellationToken ct)
    {
        var lifetime = auth.Value.MagicLink.Lifetime;
        var secret = await tokens.IssueAsync(TokenPurpose.MagicLink, user?.Id, email.Normalized, payload, lifetime, ct);
        if (mail)
        {
            outbox.Enqueue(new Mail(MailTemplates.MagicLink, email.Value, user?.Id, values.ForLink(user, app.Value.Link("magic-link", secret), lifetime)));
        }
    }
}
