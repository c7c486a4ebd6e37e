namespace Roundtable.Api.Transfer;

/// <summary>
/// Prefixes text that a spreadsheet would read as a formula with an apostrophe, which spreadsheets hide. Text that already begins
/// with such an apostrophe gets another one, so that reading restores the original.
/// </summary>
internal static class SpreadsheetCells
{
    private const string FormulaStarts = "=+-@\t\r";
    private const char Sign = '\'';

    /// <summary>Escapes text for a cell.</summary>
    public static string Mark(string text) => IsFormula(text.AsSpan().TrimStart(Sign)) ? Sign + text : text;

    /// <summary>Removes the escape that an export added.</summary>
    public static string Unmark(string cell) => cell is [Sign, ..] && IsFormula(cell.AsSpan().TrimStart(Sign)) ? cell[1..] : cell;

    private static bool IsFormula(ReadOnlySpan<char> text) =>
        text is [var start, ..] && FormulaStarts.Contains(start, StringComparison.Ordinal);
}
