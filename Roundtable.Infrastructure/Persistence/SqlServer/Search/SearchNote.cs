namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>
/// That the index has yet to take in a user. One for each change, not one for each user: who writes adds a row and waits for nobody, and a
/// change that happens while the one before is taken in keeps its own.
/// </summary>
internal sealed class SearchNote
{
    private SearchNote() { }

    public long Number { get; private set; }

    public string UserId { get; private set; } = null!;

    public static SearchNote Of(string userId) => new() { UserId = userId };
}

/// <summary>
/// The one row that an instance writes before it takes users in, so that the others wait: two at once could end with the older text of a
/// user.
/// </summary>
internal sealed class SearchTurn
{
    private SearchTurn() { }

    public int Number { get; private set; }

    public long Taken { get; private set; }
}
