using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <summary>How sending last went in this process, for admins to see.</summary>
public sealed class MailTransportStatus
{
    private volatile MailTransportState state = new(null, null, null);

    public MailTransportState Current => state;

    internal void Succeeded(DateTime nowUtc) => state = state with { LastSuccessUtc = nowUtc };

    /// <param name="reason">Made by <see cref="ErrorText.Clean"/>.</param>
    internal void Failed(DateTime nowUtc, string reason) => state = state with { LastFailureUtc = nowUtc, LastFailure = reason };
}

/// <summary>When this process last sent a mail, and when and why it last could not.</summary>
public sealed record MailTransportState(DateTime? LastSuccessUtc, DateTime? LastFailureUtc, string? LastFailure);
