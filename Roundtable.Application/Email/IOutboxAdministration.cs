using Roundtable.Application.Common;
using Roundtable.Domain.Outbox;

namespace Roundtable.Application.Email;

/// <summary>The outbox as admins see it: never a body.</summary>
public interface IOutboxAdministration
{
    /// <summary>Newest first. Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<OutboxMailDto>>> ListAsync(OutboxFilter filter, PageRequest page, CancellationToken ct);

    Task<bool> ExistsAsync(string id, CancellationToken ct);

    /// <summary>Makes a failed or waiting mail due now, attempts at zero; false for any other.</summary>
    Task<bool> RequeueAsync(string id, CancellationToken ct);
}

/// <summary>Which mails are wanted; all conditions hold at once, null means any.</summary>
/// <param name="Status">Where they stand.</param>
/// <param name="UserId">The account that they concern.</param>
public sealed record OutboxFilter(OutboxStatus? Status = null, string? UserId = null);

/// <summary>A mail on its way.</summary>
public sealed record OutboxMailDto
{
    /// <summary>The mail's id, also its message id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The recipient, masked.</summary>
    /// <example>a***@example.com</example>
    public required string To { get; init; }

    /// <summary>Which mail it is.</summary>
    /// <example>magic-link</example>
    public required string Template { get; init; }

    /// <summary>Where it stands.</summary>
    public required OutboxStatus Status { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why the last try failed.</summary>
    public required string? LastError { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it is tried next, UTC; null once it is done.</summary>
    public required DateTime? NextAttemptAt { get; init; }

    /// <summary>When it went out, UTC.</summary>
    public required DateTime? SentAt { get; init; }
}
