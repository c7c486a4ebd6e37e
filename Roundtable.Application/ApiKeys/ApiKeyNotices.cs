using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Events;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.ServiceAccounts;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ApiKeys;

/// <summary>Records what happens to API keys and notifies their owners.</summary>
[ScopedService]
public sealed class ApiKeyNotices(IMailOutbox outbox, MailValues values, IAuditTrail audit, IOptions<AppOptions> app)
{
    public void Record(string action, ApiKey key, IDomainEvent? raises = null, User? actor = null) =>
        audit.Record(
            action,
            AuditTarget.ApiKey(key.Id, key.UserId),
            new
            {
                name = key.Name,
                prefix = key.Prefix,
                serviceAccountId = key.ServiceAccountId,
                scopes = key.Scopes,
            },
            actor,
            raises
        );

    /// <summary>Mails the owner what happened to the key. For a service account it goes to its contact.</summary>
    /// <param name="change">One of <see cref="MailPhrases"/>.</param>
    /// <param name="byOwner">Whether the owner does it, whose address and device the mail then shows.</param>
    public void Changed(ApiKey key, string change, bool byOwner) => Send(MailTemplates.ApiKeyChanged, key, change, byOwner);

    /// <summary>Mails the owner when the key expires.</summary>
    public void Expiring(ApiKey key) => Send(MailTemplates.ApiKeyExpiring, key, change: null, byOwner: false);

    private void Send(string template, ApiKey key, string? change, bool byOwner)
    {
        var shown = byOwner ? values.For(key.User) : MailValues.FromAdmin(key.User);
        shown["change"] = change;
        shown["apiKey"] = $"{key.Name} ({key.Prefix}…)";
        shown["account"] = key.ServiceAccount?.Name;
        shown["expires"] = key.RevokedAtUtc is null ? MailValues.Time(key.ExpiresAtUtc) : null;
        shown["link"] = LinkTo(key.ServiceAccount);
        outbox.Enqueue(
            key.ServiceAccount is { } account
                ? new Mail(template, account.ContactEmail, null, shown, null)
                : new Mail(template, key.User!.Email, key.UserId, shown, key.User.Profile.Locale)
        );
    }

    private string LinkTo(ServiceAccount? account) =>
        $"{app.Value.PublicUrl.TrimEnd('/')}/{(account is null ? "account/api-keys" : $"admin/service-accounts/{account.Id}")}";
}
