using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Domain.Common;

namespace Roundtable.Api.Email;

/// <summary>The mails to retry: those named, or all that failed.</summary>
public sealed record RetryEmailsRequest : IValidatableObject
{
    /// <summary>The ids of 1–500 mails. Absent: all failed mails, oldest first, at most 500.</summary>
    /// <example>["019ab2c4d5e67f8091a2b3c4d5e6f708"]</example>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Without <c>ids</c>: the id of the account the mails concern. Absent: any.</summary>
    [TextLength(36, "not_an_id", ErrorMessage = "This is not an id.")]
    public string? UserId { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Ids is { Count: 0 or > OutboxService.MaxRetries })
        {
            yield return new FieldValidationResult(
                new("count", $"Specify 1 to {OutboxService.MaxRetries} mails.", 1, OutboxService.MaxRetries),
                "ids"
            );
        }

        if (Ids?.Any(i => !EntityId.IsValid(i)) == true)
        {
            yield return new FieldValidationResult(new("not_an_id", "This is not an id."), "ids");
        }

        if (Ids is not null && UserId is not null)
        {
            yield return new FieldValidationResult(new("invalid", "Specify mails or a user, not both."), "userId");
        }
    }

    internal Task<Result<MailRetryDto>> RunAsync(OutboxService outbox, CancellationToken ct) =>
        Ids is null ? outbox.RetryFailedAsync(UserId, ct) : outbox.RetryAllAsync(Ids, ct);
}
