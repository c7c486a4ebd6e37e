namespace Roundtable.Domain.Outbox;

/// <summary>An outbound message: pending, being sent, or sent. It is written in the transaction of the change that causes it.</summary>
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

    /// <summary>The content, encrypted; cleared once it is sent.</summary>
    public string? ProtectedContent { get; private set; }

    public OutboxStatus Status { get; private set; }

    public int Attempts { get; private set; }

    public string? LastError { get; private set; }

    /// <summary>Null also for errors that were stored before codes were.</summary>
    public DeliveryErrorCode? LastErrorCode { get; private set; }

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime? NextAttemptAtUtc { get; private set; }

    public DateTime? SentAtUtc { get; private set; }

    /// <summary>The worker that is sending the message; another worker may take over after <see cref="LeasedUntilUtc"/>.</summary>
    public string? LeaseOwner { get; private set; }

    public DateTime? LeasedUntilUtc { get; private set; }
}
