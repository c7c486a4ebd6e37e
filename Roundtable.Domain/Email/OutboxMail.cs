using Roundtable.Domain.Outbox;

namespace Roundtable.Domain.Email;

/// <summary>An outbound mail; recipient, subject and bodies are stored only in the encrypted content.</summary>
public sealed class OutboxMail : OutboxMessage
{
    public const int TemplateMaxLength = 64;

    private OutboxMail() { }

    private OutboxMail(string id, string protectedContent, DateTime nowUtc)
        : base(id, protectedContent, nowUtc) { }

    /// <summary>The account that the mail concerns; unsent mail is deleted with the account.</summary>
    public string? UserId { get; private set; }

    /// <summary>The masked recipient; the full address is stored only in the encrypted body.</summary>
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
