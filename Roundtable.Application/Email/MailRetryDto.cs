namespace Roundtable.Application.Email;

/// <summary>The result of retrying several mails, by mail.</summary>
/// <param name="Results">One for each mail, in the given order.</param>
/// <param name="Succeeded">The number of mails that are queued for immediate delivery.</param>
/// <param name="Failed">The number of mails that are not.</param>
/// <param name="More">Whether more failed mails are left than one request retries.</param>
public sealed record MailRetryDto(IReadOnlyList<MailRetryItemDto> Results, int Succeeded, int Failed, bool More);

/// <summary>The result for one mail.</summary>
/// <param name="Id">The mail's id.</param>
/// <param name="Ok">Whether it is queued for immediate delivery.</param>
/// <param name="Code">The error code if it is not.</param>
public sealed record MailRetryItemDto(string Id, bool Ok, string? Code);
