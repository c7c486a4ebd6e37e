using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <inheritdoc/>
public sealed class MailTransportException(string reason, TimeSpan? retryAfter = null) : DeliveryException(reason, retryAfter);
