namespace Roundtable.Application.Email;

/// <summary>Queues outgoing e-mail.</summary>
public interface IMailOutbox
{
    /// <summary>
    /// Renders and encrypts the e-mail and adds it to the running transaction. It is sent after the commit, at least once; a repeated
    /// attempt has the same message id.
    /// </summary>
    void Enqueue(Mail mail);

    /// <summary>
    /// Does the work of <see cref="Enqueue"/> without storing anything, so that a response takes equally long when no e-mail is sent.
    /// </summary>
    void Simulate(Mail mail);
}

/// <summary>An e-mail to send.</summary>
/// <param name="Template">One of <see cref="MailTemplates"/>.</param>
/// <param name="To">The recipient, one valid address.</param>
/// <param name="UserId">The account it concerns; deleting the account drops its unsent e-mail. Null if it must outlive the account.</param>
/// <param name="Values">The template's values by name; encoded on rendering.</param>
/// <param name="Locale">The recipient's language, as a BCP 47 tag; null if unknown.</param>
public sealed record Mail(string Template, string To, string? UserId, IReadOnlyDictionary<string, string?> Values, string? Locale);
