using Roundtable.Api.Common;
using Roundtable.Domain.Outbox;

namespace Roundtable.Api.Email;

/// <summary>Filters and page of a mail list.</summary>
public sealed record EmailListRequest : ListRequest
{
    /// <summary>The delivery status.</summary>
    public OutboxStatus? Status { get; init; }

    /// <summary>The id of the account the mail concerns. Mails that outlive an account concern none.</summary>
    [TextLength(36, "not_an_id", ErrorMessage = "This is not an id.")]
    public string? UserId { get; init; }
}
