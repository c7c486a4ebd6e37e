namespace Roundtable.Infrastructure.Email;

/// <summary>A mail in full, ready for a transport.</summary>
/// <param name="Id">The outbox row's id; becomes the message id, so that a repeated attempt can be told from a second mail.</param>
/// <param name="To">The recipient, one valid address.</param>
/// <param name="Subject">Fixed per template; holds no user text.</param>
/// <param name="Html">The body for people whose mail program shows HTML.</param>
/// <param name="Text">The same in plain text.</param>
public sealed record OutgoingMail(string Id, string To, string Subject, string Html, string Text)
{
    // Records print all they hold; this one holds an address and a secret link.
    public override string ToString() => $"{nameof(OutgoingMail)} {Id}";
}
