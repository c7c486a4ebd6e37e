namespace Roundtable.Application.Email;

/// <summary>Where mail is left to be sent.</summary>
public interface IMailOutbox
{
    /// <summary>
    /// Renders and encrypts the mail and adds it to the running transaction; it goes out after the commit, at least once, and a
    /// repeated attempt carries the same message id.
    /// </summary>
    void Enqueue(Mail mail);

    /// <summary>
    /// Does the work of <see cref="Enqueue"/> and leaves nothing, so that an answer takes as long where no mail goes out.
    /// </summary>
    void Rehearse(Mail mail);
}

/// <summary>A mail to write.</summary>
/// <param name="Template">One of <see cref="MailTemplates"/>.</param>
/// <param name="To">The recipient, one valid address.</param>
/// <param name="UserId">The account it concerns; its unsent mail is dropped with it. Null where it must outlive the account.</param>
/// <param name="Values">What the template shows, by name. Encoded where it is shown.</param>
/// <param name="Locale">The recipient's language, as a BCP 47 tag; null when it is not known.</param>
public sealed record Mail(string Template, string To, string? UserId, IReadOnlyDictionary<string, string?> Values, string? Locale);
