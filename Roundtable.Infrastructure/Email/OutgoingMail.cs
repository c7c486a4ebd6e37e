namespace Roundtable.Infrastructure.Email;

/// <summary>A complete mail, ready for a transport.</summary>
/// <param name="Id">The outbox row's id; becomes the message id, so that a repeated attempt is distinguishable from a second mail.</param>
/// <param name="To">The recipient, one valid address.</param>
/// <param name="Subject">Fixed per template; contains no user text.</param>
/// <param name="Html">The HTML body.</param>
/// <param name="Text">The plain-text body.</param>
public sealed record OutgoingMail(string Id, string To, string Subject, string Html, string Text)
{
    // Records print all members; this one contains an address and a secret link.
    public override string ToString() => $"{nameof(OutgoingMail)} {Id}";
}
