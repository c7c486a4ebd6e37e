using Roundtable.Domain.Common;

namespace Roundtable.Domain.Tokens;

/// <summary>
/// The stored record of a single-use secret. It holds the hash of purpose and secret, never the secret. Consuming it is one conditional
/// update, so that exactly one of many parallel attempts succeeds.
/// </summary>
public sealed class OneTimeToken
{
    public const int PayloadMaxLength = 4000;

    private OneTimeToken() { }

    public string Id { get; private set; } = null!;

    public TokenPurpose Purpose { get; private set; }

    /// <summary>SHA-256 over purpose and secret, 64 hex digits.</summary>
    public string SecretHash { get; private set; } = null!;

    /// <summary>The account; null if it does not exist yet.</summary>
    public string? UserId { get; private set; }

    /// <summary>
    /// Usually the recipient's address. Within an account, the newest token with a purpose and subject supersedes the older ones.
    /// </summary>
    public string Subject { get; private set; } = null!;

    /// <summary>The requesting session; the token is valid only while that session is active. Null if it depends on no session.</summary>
    public string? SessionId { get; private set; }

    /// <summary>Further data for redemption (name, callback, new address) as JSON; never a secret.</summary>
    public string? Payload { get; private set; }

    /// <summary>
    /// The known browser that requested a mailed link: only its own newer links supersede it. Null for all other requests.
    /// </summary>
    public string? AskedBy { get; private set; }

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime ExpiresAtUtc { get; private set; }

    public DateTime? ConsumedAtUtc { get; private set; }

    /// <summary>The number of attempts at a two-factor challenge, or at a mailed code.</summary>
    public int FailedAttempts { get; private set; }

    /// <summary>The hash of the secret that only the requesting browser has; null if no browser requested it.</summary>
    public string? BrowserHash { get; private set; }

    /// <summary>
    /// The hash of the code that is mailed beside the link, keyed with the browser's secret: the database alone does not disclose it.
    /// </summary>
    public string? CodeHash { get; private set; }

    /// <summary>Whether the requesting browser consumed it; null while it is unused, and if a newer one superseded it.</summary>
    public bool? UsedInBrowser { get; private set; }

    public static OneTimeToken Issue(
        TokenPurpose purpose,
        string secretHash,
        string? userId,
        string subject,
        string? payload,
        TimeSpan lifetime,
        DateTime nowUtc,
        string? sessionId = null,
        string? askedBy = null
    ) =>
        new()
        {
            Id = EntityId.New(nowUtc),
            Purpose = purpose,
            SecretHash = secretHash,
            UserId = userId,
            Subject = subject,
            SessionId = sessionId,
            Payload = payload,
            AskedBy = askedBy,
            CreatedAtUtc = nowUtc,
            ExpiresAtUtc = nowUtc + lifetime,
        };

    /// <summary>Binds the token to the browser that requests it, and adds the code.</summary>
    public void BindTo(string browserHash, string codeHash) => (BrowserHash, CodeHash) = (browserHash, codeHash);
}
