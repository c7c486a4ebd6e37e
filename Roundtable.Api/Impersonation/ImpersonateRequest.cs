using Roundtable.Api.Profiles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Impersonation;

/// <summary>The reason for an impersonation.</summary>
public sealed record ImpersonateRequest
{
    /// <summary>The reason shown in the audit log and in the user's own activity.</summary>
    /// <example>Ticket 4711: cannot see invoices</example>
    [PlainText(User.BanReasonMaxLength)]
    public required string Reason { get; init; }
}
