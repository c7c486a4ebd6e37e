using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Email;

/// <summary>Mails links that act on an account, with common storage, wording and a limit per address.</summary>
[ScopedService]
public sealed class AccountMailer(
    OneTimeTokens tokens,
    MailLimits limits,
    IMailOutbox outbox,
    MailValues values,
    MailLanguage language,
    IOptions<AppOptions> app
)
{
    /// <summary>Counts one more mail of this kind to the address; returns false if the limit is reached.</summary>
    public Task<bool> TryReserveAsync(string kind, EmailAddress email, CancellationToken ct) => limits.TryReserveAsync(kind, email, ct);

    /// <summary>Issues a secret and mails its link in the current transaction.</summary>
    public async Task SendLinkAsync(
        AccountLink link,
        User user,
        string to,
        CancellationToken ct,
        params (string Name, string? Value)[] details
    )
    {
        var subject = link.Subject ?? EmailAddress.Normalize(to);
        var secret = await tokens.IssueAsync(link.Purpose, user.Id, subject, link.Payload, link.Lifetime, link.SessionId, ct);
        var shown = values.ForLink(user, app.Value.Link(link.Page, secret), link.Lifetime, link.FromAdmin);
        Send(link.Template, user, to, shown, link.FromAdmin || link.IsWarning ? user.Profile.Locale : language.For(user), details);
    }

    /// <summary>
    /// Does the work of <see cref="SendLinkAsync"/> for an address that gets no link, so that both take equal time. The secret that it
    /// creates belongs to no account and is not sent.
    /// </summary>
    public async Task SimulateLinkAsync(AccountLink link, EmailAddress email, CancellationToken ct)
    {
        var secret = await tokens.IssueAsync(link.Purpose, null, email.Normalized, link.Payload, link.Lifetime, ct);
        outbox.Simulate(
            new Mail(
                link.Template,
                email.Value,
                null,
                values.ForLink(null, app.Value.Link(link.Page, secret), link.Lifetime),
                language.For(null)
            )
        );
    }

    /// <summary>Mails a notice, without a secret, to an address of the user.</summary>
    public void SendNotice(string template, User user, string to, params (string Name, string? Value)[] details)
    {
        var all = values.For(user);
        all["link"] = $"{app.Value.PublicUrl.TrimEnd('/')}/sign-in";
        Send(template, user, to, all, language.For(user), details);
    }

    private void Send(
        string template,
        User user,
        string to,
        Dictionary<string, string?> all,
        string? locale,
        (string Name, string? Value)[] details
    )
    {
        foreach (var (name, value) in details)
        {
            all[name] = value;
        }

        outbox.Enqueue(new Mail(template, to, user.Id, all, locale));
    }
}

/// <summary>A kind of mailed link.</summary>
/// <param name="Purpose">The secret's purpose.</param>
/// <param name="Template">The template.</param>
/// <param name="Page">The dashboard page that it opens.</param>
/// <param name="Lifetime">How long it is valid.</param>
/// <param name="Payload">Further data for redemption.</param>
public sealed record AccountLink(TokenPurpose Purpose, string Template, string Page, TimeSpan Lifetime, object? Payload = null)
{
    /// <summary>
    /// Within the account, a newer link with the same subject supersedes this one. Default: the address that it is mailed to.
    /// </summary>
    public string? Subject { get; init; }

    /// <summary>The requesting session, for a link that works only while that session is active.</summary>
    public string? SessionId { get; init; }

    /// <summary>Whether it warns of what an intruder may have done, whose browser must not choose the language.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Whether an admin causes it: the admin's location is not shown.</summary>
    public bool FromAdmin { get; init; }
}
