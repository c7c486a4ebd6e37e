namespace Roundtable.Domain.Outbox;

/// <summary>The delivery status of a message.</summary>
public enum OutboxStatus
{
    Pending,
    Sending,
    Sent,
    Failed,
}
