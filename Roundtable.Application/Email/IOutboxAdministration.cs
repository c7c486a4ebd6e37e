using Roundtable.Application.Common;
using Roundtable.Domain.Outbox;

namespace Roundtable.Application.Email;

/// <summary>Gives admins access to the outbox, never to a body.</summary>
public interface IOutboxAdministration
{
    /// <summary>Ordered newest first. Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<OutboxMailDto>>> ListAsync(OutboxFilter filter, PageRequest page, CancellationToken ct);

    /// <summary>Lists the stored e-mails that concern a user, newest first.</summary>
    Task<IReadOnlyList<MailRecordDto>> ListForUserAsync(string userId, CancellationToken ct);

    Task<bool> ExistsAsync(string id, CancellationToken ct);

    /// <summary>Makes a failed or pending e-mail due now and resets its attempts; false for other states.</summary>
    Task<bool> RequeueAsync(string id, CancellationToken ct);

    /// <summary>Lists the ids of e-mails, oldest first.</summary>
    Task<IReadOnlyList<string>> ListIdsAsync(OutboxFilter filter, int max, CancellationToken ct);

    /// <summary>
    /// Makes the failed and pending e-mails of these due now and resets their attempts; returns the e-mails that exist, and whether each
    /// was requeued.
    /// </summary>
    Task<IReadOnlyDictionary<string, bool>> RequeueAsync(IReadOnlyCollection<string> ids, CancellationToken ct);
}

/// <summary>Filters e-mails; all conditions must hold, null matches any.</summary>
/// <param name="Status">The delivery status.</param>
/// <param name="UserId">The account concerned.</param>
public sealed record OutboxFilter(OutboxStatus? Status = null, string? UserId = null);

/// <summary>An e-mail in the outbox.</summary>
public sealed record OutboxMailDto
{
    /// <summary>The e-mail's id, also its message id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The id of the account the e-mail concerns; null if it concerns none.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f709</example>
    public required string? UserId { get; init; }

    /// <summary>The recipient, masked.</summary>
    /// <example>a***@example.com</example>
    public required string To { get; init; }

    /// <summary>The template's name.</summary>
    /// <example>magic-link</example>
    public required string Template { get; init; }

    /// <summary>The delivery status.</summary>
    public required OutboxStatus Status { get; init; }

    /// <summary>The number of attempts.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why the last attempt failed: the text of the server or library, sanitised.</summary>
    public required string? LastError { get; init; }

    /// <summary>That error's code. Null if there is none, or if the error was stored before codes were.</summary>
    public required DeliveryErrorCode? LastErrorCode { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the next attempt is due (UTC); null when done.</summary>
    public required DateTime? NextAttemptAt { get; init; }

    /// <summary>When it was sent (UTC).</summary>
    public required DateTime? SentAt { get; init; }
}
