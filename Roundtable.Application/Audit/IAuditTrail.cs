using Roundtable.Application.Events;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Audit;

/// <summary>Writes audit entries into the running transaction.</summary>
public interface IAuditTrail
{
    /// <summary>
    /// Records what the caller did; the actor comes from the session, or is <paramref name="actor"/> while somebody signs in.
    /// </summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">What it was done to.</param>
    /// <param name="details">Serialised as a JSON object; never a secret.</param>
    /// <param name="actor">Who acts, where there is no session yet.</param>
    /// <param name="raises">What is told to listeners and web-hooks once the transaction has committed.</param>
    void Record(string action, AuditTarget target, object? details = null, User? actor = null, IDomainEvent? raises = null);
}

/// <summary>What an audit entry is about.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="SubjectId">The user whom it concerns and whose activity shows it.</param>
public sealed record AuditTarget(string Type, string Id, string? SubjectId = null)
{
    public static AuditTarget User(string id) => new("user", id, id);

    public static AuditTarget Session(string id, string userId) => new("session", id, userId);

    public static AuditTarget Passkey(string id, string userId) => new("passkey", id, userId);

    public static AuditTarget Webhook(string id) => new("webhook", id);

    public static AuditTarget Role(string name) => new("role", name);

    /// <summary>An address that may or may not have an account; masked, so that the log is no list of addresses.</summary>
    public static AuditTarget Email(EmailAddress email) => new("email", EmailAddress.Mask(email.Value));
}
