namespace Roundtable.Domain.Outbox;

/// <summary>Something that waits to leave the house, is leaving, or has left. Written in the transaction of what causes it.</summary>
public abstract class OutboxMessage
{
    public const int LastErrorMaxLength = 500;

    private protected OutboxMessage() { }

    private protected OutboxMessage(string id, string protectedContent, DateTime nowUtc)
    {
        Id = id;
        ProtectedContent = protectedContent;
        Status = OutboxStatus.Pending;
        CreatedAtUtc = nowUtc;
        NextAttemptAtUtc = nowUtc;
    }

    public string Id { get; private set; } = null!;

    /// <summary>What goes out, encrypted; wiped once it has.</summary>
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
}
