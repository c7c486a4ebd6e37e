namespace Roundtable.Domain.Email;

/// <summary>Where a mail stands on its way out.</summary>
public enum OutboxStatus
{
    Pending,
    Sending,
    Sent,
    Failed,
}
