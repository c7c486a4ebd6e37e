namespace Roundtable.Application.Common;

/// <summary>A page of a list, with the cursor of the next page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, int? Total);

/// <summary>The requested page of a list.</summary>
/// <param name="Limit">The maximum number of items, 1–100.</param>
/// <param name="Cursor">The opaque cursor from the previous page; null for the first.</param>
/// <param name="IncludeTotal">Whether to count the whole list, which costs one query.</param>
public sealed record PageRequest(int Limit, string? Cursor, bool IncludeTotal = false)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;
}
