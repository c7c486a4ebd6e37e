namespace Roundtable.Domain.Email;

/// <summary>A mail that waits to be sent, is being sent, or was. Written in the transaction of what causes it.</summary>
public sealed class OutboxMail
{
    public const int TemplateMaxLength = 64;
    public const int LastErrorMaxLength = 500;

    private OutboxMail()
    {
    }

    public string Id { get; private set; } = null!;

    /// <summary>The account that the mail concerns, so that unsent mail goes when the account goes.</summary>
    public string? UserId { get; private set; }

    /// <summary>The recipient, masked: the full address stands in the encrypted body only.</summary>
    public string ToMasked { get; private set; } = null!;

    public string Template { get; private set; } = null!;

    /// <summary>Recipient, subject and bodies, encrypted; wiped once sent.</summary>
    public string? ProtectedContent { get; private set; }

    public OutboxStatus Status { get; private set; }

    public int Attempts { get; private set; }

    public string? LastError { get; private set; }

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime? NextAttemptAtUtc { get; private set; }

    public DateTime? SentAtUtc { get; private set; }

    /// <summary>The worker that is sending it; another one may take over after <see cref="LeasedUntilUtc"/>.</summary>
    public string? LeaseOwner { get; private set; }

    public DateTime? LeasedUntilUtc { get; private set; }

    public static OutboxMail Create(string id, string? userId, string toMasked, string template, string protectedContent, DateTime nowUtc) => new()
    {
        Id = id,
        UserId = userId,
        ToMasked = toMasked,
        Template = template,
        ProtectedContent = protectedContent,
        Status = OutboxStatus.Pending,
        CreatedAtUtc = nowUtc,
        NextAttemptAtUtc = nowUtc,
    };
}
