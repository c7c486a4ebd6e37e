namespace Roundtable.Application.Common;

/// <summary>A piece of a list, with the cursor of the next piece.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, int? Total);

/// <summary>Which piece of a list is wanted.</summary>
/// <param name="Limit">How many items at the most, 1–100.</param>
/// <param name="Cursor">The opaque cursor of the previous piece; null for the first.</param>
/// <param name="IncludeTotal">Whether to count the whole list, which costs a query.</param>
public sealed record PageRequest(int Limit, string? Cursor, bool IncludeTotal = false)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;
}
