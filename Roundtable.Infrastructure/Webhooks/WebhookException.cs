using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Webhooks;

/// <inheritdoc/>
internal sealed class WebhookException(string reason, TimeSpan? retryAfter = null) : DeliveryException(reason, retryAfter);
