namespace Roundtable.Api.Common;

/// <summary>The envelope of every successful response.</summary>
/// <typeparam name="T">The requested data.</typeparam>
public sealed record ApiResponse<T>
{
    /// <summary>Always true: errors are problem documents.</summary>
    /// <example>true</example>
    public bool Success { get; init; } = true;

    /// <summary>The requested data.</summary>
    public required T Data { get; init; }

    /// <summary>Metadata of the response.</summary>
    public required ResponseMeta Meta { get; init; }
}

/// <summary>Metadata of a response.</summary>
public sealed record ResponseMeta
{
    /// <summary>The request's id, as in the header <c>X-Request-Id</c> and the logs.</summary>
    /// <example>0HNF3K2M9Q7T1:00000001</example>
    public required string RequestId { get; init; }

    /// <summary>When the response was created (UTC).</summary>
    public required DateTime Timestamp { get; init; }
}

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The items.</typeparam>
public sealed record PagedList<T>
{
    /// <summary>The items, in the requested order.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The pagination data.</summary>
    public required Pagination Pagination { get; init; }
}

/// <summary>Pagination data of a list.</summary>
public sealed record Pagination
{
    /// <summary>Pass it as <c>cursor</c> to get the next page; null on the last page.</summary>
    public required string? NextCursor { get; init; }

    /// <summary>Whether there is a next page.</summary>
    public required bool HasMore { get; init; }

    /// <summary>The number of items on this page.</summary>
    public required int Count { get; init; }

    /// <summary>The total number of items; only with <c>includeTotal=true</c>.</summary>
    public required int? Total { get; init; }
}
