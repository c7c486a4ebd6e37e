using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace Roundtable.Infrastructure.Email;

/// <summary>Builds the MIME message that Pickup and SMTP share.</summary>
public sealed class MailMessageFactory(IOptions<EmailOptions> options, TimeProvider time)
{
    /// <param name="mail">The mail to write.</param>
    /// <param name="readable">Whether bodies must stay unencoded (7bit or 8bit). Otherwise the SMTP client chooses the encoding, as it
    /// knows what its server supports.</param>
    public MimeMessage Create(OutgoingMail mail, bool readable)
    {
        var from = MailboxAddress.Parse(options.Value.From);
        var message = new MimeMessage
        {
            MessageId = MessageId(mail.Id, from),
            Date = time.GetUtcNow(),
            Subject = mail.Subject,
            Body = new MultipartAlternative { Part(TextFormat.Plain, mail.Text, readable), Part(TextFormat.Html, mail.Html, readable) },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(null, mail.To));
        // Prevents automatic replies such as holiday notices (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    public static string MessageId(string id, MailboxAddress from) => $"{id}@{from.Domain}";

    private static TextPart Part(TextFormat format, string text, bool readable)
    {
        var part = new TextPart(format);
        part.SetText(Encoding.UTF8, text);
        if (readable)
        {
            part.ContentTransferEncoding = Ascii.IsValid(text) ? ContentEncoding.SevenBit : ContentEncoding.EightBit;
        }

        return part;
    }
}
