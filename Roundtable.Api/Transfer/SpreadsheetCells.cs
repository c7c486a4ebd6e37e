namespace Roundtable.Api.Transfer;

/// <summary>
/// What spreadsheets take for a formula is led by an apostrophe, which they hide. A text that has such an apostrophe of its own gets
/// another one, so that reading gives back what was written.
/// </summary>
internal static class SpreadsheetCells
{
    private const string FormulaStarts = "=+-@\t\r";
    private const char Sign = '\'';

    /// <summary>The cell for a text.</summary>
    public static string Mark(string text) => IsFormula(text.AsSpan().TrimStart(Sign)) ? Sign + text : text;

    /// <summary>The text of a cell, without the mark that an export gave it.</summary>
    public static string Unmark(string cell) => cell is [Sign, ..] && IsFormula(cell.AsSpan().TrimStart(Sign)) ? cell[1..] : cell;

    private static bool IsFormula(ReadOnlySpan<char> text) =>
        text is [var start, ..] && FormulaStarts.Contains(start, StringComparison.Ordinal);
}
