using Roundtable.Api.Common;
#if (sortsBeforeCommon)
using Roundtable.Application.Widgets;
using Roundtable.Application.Common;
#else
using Roundtable.Application.Common;
using Roundtable.Application.Widgets;
#endif

namespace Roundtable.Api.Widgets;

/// <summary>What a new wid get is made of.</summary>
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

/// <summary>Which wid gets, in which order.</summary>
public sealed record WidgetListRequest : ListRequest
{
    /// <summary>What to sort by. Default: createdAt.</summary>
    public WidgetSort Sort { get; init; } = WidgetSort.CreatedAt;

    /// <summary>Which way. Default: newest first by time, A to Z by name.</summary>
    public SortOrder? Order { get; init; }

    internal WidgetOrder ToOrder() => new(Sort, Order is { } order ? order == SortOrder.Desc : Sort == WidgetSort.CreatedAt);
}
