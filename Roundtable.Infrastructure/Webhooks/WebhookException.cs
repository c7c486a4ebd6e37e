using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Webhooks;

/// <inheritdoc/>
internal sealed class WebhookException(DeliveryErrorCode code, string reason, TimeSpan? retryAfter = null, bool isFinal = false)
    : DeliveryException(new DeliveryError(code, reason), retryAfter, isFinal);
