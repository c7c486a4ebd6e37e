namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>
/// A change-log entry: the user is not yet indexed. There is one for each change, not for each user: a writer adds a row and never waits,
/// and a change during the indexing of the previous one keeps its own entry.
/// </summary>
internal sealed class SearchChange
{
    private SearchChange() { }

    public long Number { get; private set; }

    public string UserId { get; private set; } = null!;

    public static SearchChange Of(string userId) => new() { UserId = userId };
}

/// <summary>
/// The one row that an instance writes before it indexes users, so that other instances wait: two at once could leave a user's older
/// text.
/// </summary>
internal sealed class SearchIndexLock
{
    private SearchIndexLock() { }

    public int Number { get; private set; }

    public long Taken { get; private set; }
}
