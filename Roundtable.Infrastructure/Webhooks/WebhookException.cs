using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Webhooks;

/// <inheritdoc/>
internal sealed class WebhookException(string reason, TimeSpan? retryAfter = null, bool isFinal = false)
    : DeliveryException(reason, retryAfter, isFinal);
