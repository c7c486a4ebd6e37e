using Roundtable.Application.Events;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Audit;

/// <summary>Writes audit entries into the running transaction.</summary>
public interface IAuditTrail
{
    /// <summary>
    /// Records an action of the caller. The actor comes from the session, or is <paramref name="actor"/> during a sign-in.
    /// </summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">The target of the action.</param>
    /// <param name="details">Serialised as a JSON object; never a secret.</param>
    /// <param name="actor">The acting user, if there is no session yet.</param>
    /// <param name="raises">The event to publish to listeners and webhooks after the transaction commits.</param>
    void Record(string action, AuditTarget target, object? details = null, User? actor = null, IDomainEvent? raises = null);
}

/// <summary>The target of an entry.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="SubjectId">The user concerned, whose activity shows the entry.</param>
public sealed record AuditTarget(string Type, string Id, string? SubjectId = null)
{
    public static AuditTarget User(string id) => new("user", id, id);

    public static AuditTarget Session(string id, string userId) => new("session", id, userId);

    public static AuditTarget Passkey(string id, string userId) => new("passkey", id, userId);

    public static AuditTarget Webhook(string id) => new("webhook", id);

    public static AuditTarget Role(string name) => new("role", name);

    /// <param name="userId">The owner; null if a service account owns it.</param>
    public static AuditTarget ApiKey(string id, string? userId) => new("apiKey", id, userId);

    public static AuditTarget ServiceAccount(string id) => new("serviceAccount", id);

    /// <summary>An e-mail address with or without an account; masked, so that the log does not list addresses.</summary>
    public static AuditTarget Email(EmailAddress email) => new("email", EmailAddress.Mask(email.Value));
}
