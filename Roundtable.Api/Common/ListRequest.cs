using System.ComponentModel.DataAnnotations;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>Which piece of a list.</summary>
public record ListRequest
{
    /// <summary>How many items at the most, 1–100. Default: 20.</summary>
    [Range(1, PageRequest.MaxLimit, ErrorMessage = "The limit must be 1 to 100.")]
    public int Limit { get; init; } = PageRequest.DefaultLimit;

    /// <summary>The <c>nextCursor</c> of the piece before; absent for the first.</summary>
    [StringLength(2000, ErrorMessage = "The cursor is too long.")]
    public string? Cursor { get; init; }

    /// <summary>Whether to count the whole list too. Default: false.</summary>
    public bool IncludeTotal { get; init; }

    internal PageRequest ToPage() => new(Limit, Cursor, IncludeTotal);
}

/// <summary>Which way a list is sorted.</summary>
public enum SortOrder
{
    Asc,
    Desc,
}
