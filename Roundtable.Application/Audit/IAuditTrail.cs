using Roundtable.Domain.Users;

namespace Roundtable.Application.Audit;

/// <summary>Writes audit entries into the running transaction.</summary>
public interface IAuditTrail
{
    /// <summary>Records what the caller did; the actor comes from the session, or is <paramref name="actor"/> while somebody signs in.</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">What it was done to.</param>
    /// <param name="details">Serialised as a JSON object; never a secret.</param>
    /// <param name="actor">Who acts, where there is no session yet.</param>
    void Record(string action, AuditTarget target, object? details = null, User? actor = null);
}

/// <summary>What an audit entry is about.</summary>
public sealed record AuditTarget(string Type, string Id)
{
    public static AuditTarget User(string id) => new("user", id);

    public static AuditTarget Session(string id) => new("session", id);

    public static AuditTarget Role(string name) => new("role", name);

    /// <summary>An address that may or may not have an account; masked, so that the log is no list of addresses.</summary>
    public static AuditTarget Email(EmailAddress email) => new("email", EmailAddress.Mask(email.Value));
}
