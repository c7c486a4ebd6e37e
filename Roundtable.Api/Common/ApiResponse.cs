namespace Roundtable.Api.Common;

/// <summary>The envelope of every success.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed record ApiResponse<T>
{
    /// <summary>Always true: errors are problem documents.</summary>
    /// <example>true</example>
    public bool Success { get; init; } = true;

    /// <summary>What was asked for.</summary>
    public required T Data { get; init; }

    /// <summary>About the answer itself.</summary>
    public required ResponseMeta Meta { get; init; }
}

/// <summary>About an answer.</summary>
public sealed record ResponseMeta
{
    /// <summary>The request's id, as in the header <c>X-Request-Id</c> and the logs.</summary>
    /// <example>0HNF3K2M9Q7T1:00000001</example>
    public required string RequestId { get; init; }

    /// <summary>When the answer was made, UTC.</summary>
    public required DateTime Timestamp { get; init; }
}

/// <summary>A piece of a list.</summary>
/// <typeparam name="T">The items.</typeparam>
public sealed record PagedList<T>
{
    /// <summary>The items, in the asked order.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>How to go on.</summary>
    public required Pagination Pagination { get; init; }
}

/// <summary>How to go on through a list.</summary>
public sealed record Pagination
{
    /// <summary>Pass it as <c>cursor</c> to get the next piece; null at the end.</summary>
    public required string? NextCursor { get; init; }

    /// <summary>Whether there is a next piece.</summary>
    public required bool HasMore { get; init; }

    /// <summary>How many items this piece has.</summary>
    public required int Count { get; init; }

    /// <summary>How many there are in all; only with <c>includeTotal=true</c>.</summary>
    public required int? Total { get; init; }
}
