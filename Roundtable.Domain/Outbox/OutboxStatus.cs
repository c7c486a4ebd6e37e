namespace Roundtable.Domain.Outbox;

/// <summary>Where a message stands on its way out.</summary>
public enum OutboxStatus
{
    Pending,
    Sending,
    Sent,
    Failed,
}
