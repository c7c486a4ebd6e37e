using Roundtable.Application.Email;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <summary>Renders a mail and enqueues it, encrypted, in the running transaction.</summary>
public sealed class MailOutbox(IOutboxStore<OutboxMail> store, MailRenderer renderer, OutboxProtector protector, TimeProvider time)
    : IMailOutbox
{
    public void Enqueue(Mail mail) => store.Add(Write(mail));

    public void Simulate(Mail mail) => Write(mail);

    private OutboxMail Write(Mail mail)
    {
        if (!EmailAddress.TryParse(mail.To, out var to))
        {
            throw new ArgumentException("The recipient is not one valid address.", nameof(mail));
        }

        var body = renderer.Render(mail.Template, mail.Values, mail.Locale);
        var content = protector.Protect(new OutboxContent(to.Value, body.Subject, body.Html, body.Text));
        var now = time.GetUtcNow().UtcDateTime;
        return OutboxMail.Create(EntityId.New(now), mail.UserId, EmailAddress.Mask(to.Value), mail.Template, content, now);
    }
}
