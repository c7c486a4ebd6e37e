using Roundtable.Api.Common;
using Roundtable.Domain.Outbox;

namespace Roundtable.Api.Webhooks;

/// <summary>Filter and page of a delivery list.</summary>
public sealed record DeliveryListRequest : ListRequest
{
    /// <summary>The delivery status.</summary>
    public OutboxStatus? Status { get; init; }
}
