namespace Roundtable.Application.Email;

/// <summary>A record of a mail.</summary>
/// <param name="Template">The template.</param>
/// <param name="To">The masked address.</param>
/// <param name="CreatedAt">When it was created (UTC).</param>
/// <param name="SentAt">When it was sent (UTC); null while pending.</param>
public sealed record MailRecordDto(string Template, string To, DateTime CreatedAt, DateTime? SentAt);
