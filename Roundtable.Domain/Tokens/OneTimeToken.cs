using Roundtable.Domain.Common;

namespace Roundtable.Domain.Tokens;

/// <summary>
/// The stored half of a secret that works once. The row holds the hash of purpose and secret, never the secret; taking it is
/// one conditional update, so that of many parallel attempts exactly one succeeds.
/// </summary>
public sealed class OneTimeToken
{
    public const int PayloadMaxLength = 4000;

    private OneTimeToken() { }

    public string Id { get; private set; } = null!;

    public TokenPurpose Purpose { get; private set; }

    /// <summary>SHA-256 over purpose and secret, 64 hex digits.</summary>
    public string SecretHash { get; private set; } = null!;

    /// <summary>The account, where it exists already.</summary>
    public string? UserId { get; private set; }

    /// <summary>
    /// Within an account, the newest token of a purpose and subject supersedes the older ones: mostly the address that it was mailed to.
    /// </summary>
    public string Subject { get; private set; } = null!;

    /// <summary>The session that asked; the token is good only while that session lives. Null where it depends on none.</summary>
    public string? SessionId { get; private set; }

    /// <summary>What redeeming needs besides (name, callback, new address), as JSON; never a secret.</summary>
    public string? Payload { get; private set; }

    /// <summary>The known browser that asked for a mailed link: only its own newer links supersede it. Null for everybody else.</summary>
    public string? AskedBy { get; private set; }

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime ExpiresAtUtc { get; private set; }

    public DateTime? ConsumedAtUtc { get; private set; }

    /// <summary>Wrong answers given to a two-factor challenge.</summary>
    public int FailedAttempts { get; private set; }

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
}
