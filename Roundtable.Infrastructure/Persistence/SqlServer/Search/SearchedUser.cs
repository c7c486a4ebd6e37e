namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>A user as the search index stores it.</summary>
internal sealed class SearchedUser
{
    private readonly List<SearchTrigram> trigrams = [];

    private SearchedUser() { }

    /// <summary>Identifies the user in each of some 35 trigrams, where an id would make the index three times as large.</summary>
    public int RowKey { get; private set; }

    public string UserId { get; private set; } = null!;

    /// <summary>Normalised address and name, one line each: the source of the trigrams.</summary>
    public string Text { get; private set; } = null!;

    public IReadOnlyCollection<SearchTrigram> Trigrams => trigrams;

    public static SearchedUser Of(string userId) => new() { UserId = userId, Text = "" };

    /// <summary>Writes only the difference: unchanged trigrams stay visible to concurrent searches.</summary>
    public void Include(string text)
    {
        var missing = Search.Trigrams.Of(text).ToHashSet();
        trigrams.RemoveAll(g => !missing.Remove(g.Gram));
        trigrams.AddRange(missing.Select(SearchTrigram.Of));
        Text = text;
    }
}

/// <summary>A trigram that occurs in a user's address or name.</summary>
internal sealed class SearchTrigram
{
    private SearchTrigram() { }

    public long Gram { get; private set; }

    public int RowKey { get; private set; }

    public static SearchTrigram Of(long trigram) => new() { Gram = trigram };
}
