using System.ComponentModel.DataAnnotations;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>The page of a list.</summary>
public record ListRequest
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

/// <summary>The sort order of a list.</summary>
public enum SortOrder
{
    Asc,
    Desc,
}
