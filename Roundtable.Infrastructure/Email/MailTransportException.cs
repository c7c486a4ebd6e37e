using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <inheritdoc/>
public sealed class MailTransportException(DeliveryErrorCode code, string reason, TimeSpan? retryAfter = null)
    : DeliveryException(new DeliveryError(code, reason), retryAfter);
