using Roundtable.Domain.Outbox;

namespace Roundtable.Domain.Email;

/// <summary>A mail on its way; recipient, subject and bodies stand in the encrypted content only.</summary>
public sealed class OutboxMail : OutboxMessage
{
    public const int TemplateMaxLength = 64;

    private OutboxMail() { }

    private OutboxMail(string id, string protectedContent, DateTime nowUtc)
        : base(id, protectedContent, nowUtc) { }

    /// <summary>The account that the mail concerns, so that unsent mail goes when the account goes.</summary>
    public string? UserId { get; private set; }

    /// <summary>The recipient, masked: the full address stands in the encrypted body only.</summary>
    public string ToMasked { get; private set; } = null!;

    public string Template { get; private set; } = null!;

    public static OutboxMail Create(
        string id,
        string? userId,
        string toMasked,
        string template,
        string protectedContent,
        DateTime nowUtc
    ) =>
        new(id, protectedContent, nowUtc)
        {
            UserId = userId,
            ToMasked = toMasked,
            Template = template,
        };
}
