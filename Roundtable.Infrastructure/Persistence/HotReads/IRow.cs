namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>The current row of a statement; columns are accessed by name.</summary>
internal interface IRow
{
    string Text(string column);

    string? TextOrNull(string column);

    int Number(string column);

    bool Flag(string column);

    /// <summary>In UTC.</summary>
    DateTime Time(string column);

    DateTime? TimeOrNull(string column);
}
