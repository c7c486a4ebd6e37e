namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>A user as the search index stores it.</summary>
internal sealed class SearchedUser
{
    private readonly List<SearchTrigram> grams = [];

    private SearchedUser() { }

    /// <summary>Identifies the user in each of some 35 trigrams, where an id would make the index three times as large.</summary>
    public int RowKey { get; private set; }

    public string UserId { get; private set; } = null!;

    /// <summary>Normalised address and name, one line each: the source of the trigrams.</summary>
    public string Text { get; private set; } = null!;

    public IReadOnlyCollection<SearchTrigram> Trigrams => grams;

    public static SearchedUser Of(string userId) => new() { UserId = userId, Text = "" };

    /// <summary>Writes only the difference: unchanged trigrams stay visible to concurrent searches.</summary>
    public void TakeIn(string text)
    {
        var missing = Search.Trigrams.Of(text).ToHashSet();
        grams.RemoveAll(g => !missing.Remove(g.Gram));
        grams.AddRange(missing.Select(SearchTrigram.Of));
        Text = text;
    }
}

/// <summary>A trigram that occurs in a user's address or name.</summary>
internal sealed class SearchTrigram
{
    private SearchTrigram() { }

    public long Gram { get; private set; }

    public int RowKey { get; private set; }

    public static SearchTrigram Of(long gram) => new() { Gram = gram };
}
