using Roundtable.Api.Common;
#if (sortsBeforeCommon)
using Roundtable.Application.Widgets;
using Roundtable.Application.Common;
#else
using Roundtable.Application.Common;
using Roundtable.Application.Widgets;
#endif

namespace Roundtable.Api.Widgets;

/// <summary>The members of a new wid get.</summary>
public sealed record CreateWidgetRequest
{
    /// <summary>1–100 characters on one line, not blank.</summary>
    /// <example>First draft</example>
    public required string Name { get; init; }

    /// <summary>At most 2,000 characters, line breaks allowed; absent or null for none.</summary>
    /// <example>Begun on a Monday</example>
    public string? Description { get; init; }

    internal WidgetDraft ToDraft() => new(Name, Description);
}

/// <summary>Changes to a wid get.</summary>
public sealed record UpdateWidgetRequest
{
    /// <summary>1–100 characters on one line, not blank.</summary>
    /// <example>Second draft</example>
    public Optional<string?> Name { get; init; }

    /// <summary>At most 2,000 characters, line breaks allowed; null removes it.</summary>
    /// <example>Done on a Friday</example>
    public Optional<string?> Description { get; init; }

    internal WidgetChanges ToChanges() => new(Name, Description);
}

/// <summary>Paging and order of a list of wid gets.</summary>
public sealed record WidgetListRequest : ListRequest
{
    /// <summary>The field to sort by. Default: createdAt.</summary>
    public WidgetSort Sort { get; init; } = WidgetSort.CreatedAt;

    /// <summary>The direction. Default: newest first by time, A to Z by name.</summary>
    public SortOrder? Order { get; init; }

    internal WidgetOrder ToOrder() => new(Sort, Order is { } order ? order == SortOrder.Desc : Sort == WidgetSort.CreatedAt);
}
