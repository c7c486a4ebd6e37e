namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>A user as the search's index has them.</summary>
internal sealed class SearchedUser
{
    private readonly List<SearchGram> grams = [];

    private SearchedUser() { }

    /// <summary>Stands for the user beside each of some 35 sequences, where an id would make the index three times as large.</summary>
    public int RowKey { get; private set; }

    public string UserId { get; private set; } = null!;

    /// <summary>Normalised address and name, a line each, of which the sequences are.</summary>
    public string Text { get; private set; } = null!;

    public IReadOnlyCollection<SearchGram> Grams => grams;

    public static SearchedUser Of(string userId) => new() { UserId = userId, Text = "" };

    /// <summary>Only what differs is written: sequences that stay are there for whoever searches meanwhile.</summary>
    public void TakeIn(string text)
    {
        var missing = Search.Grams.Of(text).ToHashSet();
        grams.RemoveAll(g => !missing.Remove(g.Gram));
        grams.AddRange(missing.Select(SearchGram.Of));
        Text = text;
    }
}

/// <summary>That a user's address or name holds a sequence of three characters.</summary>
internal sealed class SearchGram
{
    private SearchGram() { }

    public long Gram { get; private set; }

    public int RowKey { get; private set; }

    public static SearchGram Of(long gram) => new() { Gram = gram };
}
