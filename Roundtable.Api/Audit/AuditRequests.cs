using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;

namespace Roundtable.Api.Audit;

/// <summary>Filters for entries. All filters must match.</summary>
public record AuditFilterRequest
{
    /// <summary>The id of the actor, or of the user on whose behalf they acted.</summary>
    [TextLength(36, "not_an_id", ErrorMessage = "This is not an id.")]
    public string? Actor { get; init; }

    /// <summary>The id of the target.</summary>
    [TextLength(254, "not_an_id", ErrorMessage = "This is not an id.")]
    public string? Target { get; init; }

    /// <summary>The action.</summary>
    [TextLength(64, "not_found", ErrorMessage = "There is no such action.")]
    public string? Action { get; init; }

    /// <summary>At or after (UTC).</summary>
    public DateTime? From { get; init; }

    /// <summary>Before (UTC).</summary>
    public DateTime? To { get; init; }

    internal AuditFilter ToFilter(AuditPeopleRequest people) =>
        new(Actor, Target, Action, From, To) { SubjectId = people.Subject, UserId = people.User };
}

/// <summary>Further filters, which come last: generated clients pass parameters by position.</summary>
public sealed record AuditPeopleRequest
{
    /// <summary>The id of the user concerned, also as the owner of the target, such as a session; or the id of the target.</summary>
    [TextLength(254, "not_an_id", ErrorMessage = "This is not an id.")]
    public string? Subject { get; init; }

    /// <summary>The id of a user in any role: as for <c>actor</c> or <c>subject</c>.</summary>
    [TextLength(254, "not_an_id", ErrorMessage = "This is not an id.")]
    public string? User { get; init; }
}

/// <summary>Filters and page of the audit log.</summary>
public sealed record AuditListRequest : AuditFilterRequest
{
    /// <summary>The maximum number of items, 1–100. Default: 20.</summary>
    [Range(1, PageRequest.MaxLimit, ErrorMessage = "The limit must be 1 to 100.")]
    public int Limit { get; init; } = PageRequest.DefaultLimit;

    /// <summary>The <c>nextCursor</c> of the previous page; absent for the first page.</summary>
    [StringLength(2000, ErrorMessage = "The cursor is too long.")]
    public string? Cursor { get; init; }

    /// <summary>Whether to also count the whole list. Default: false.</summary>
    public bool IncludeTotal { get; init; }

    internal PageRequest ToPage() => new(Limit, Cursor, IncludeTotal);
}
