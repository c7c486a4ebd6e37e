using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Roundtable.Domain.Email;

namespace Roundtable.Infrastructure.Email;

/// <summary>The recipient and content of a mail, as stored encrypted in the outbox.</summary>
internal sealed record OutboxContent(string To, string Subject, string Html, string Text);

/// <summary>Encrypts the outbox's content, so that the database alone reveals neither links nor addresses.</summary>
public sealed class OutboxProtector(IDataProtectionProvider provider)
{
    private readonly IDataProtector protector = provider.CreateProtector("Roundtable.Email.Outbox.v1");

    internal string Protect(OutboxContent content) => protector.Protect(JsonSerializer.Serialize(content, JsonSerializerOptions.Web));

    internal OutgoingMail Unprotect(OutboxMail mail)
    {
        var json = protector.Unprotect(mail.ProtectedContent ?? throw new InvalidOperationException("The mail's content was wiped."));
        var content = JsonSerializer.Deserialize<OutboxContent>(json, JsonSerializerOptions.Web)!;
        return new OutgoingMail(mail.Id, content.To, content.Subject, content.Html, content.Text);
    }
}
