namespace Roundtable.Api.Transfer;

/// <summary>What spreadsheets take for a formula is led by an apostrophe, which they hide.</summary>
internal static class SpreadsheetCells
{
    public const string FormulaStarts = "=+-@\t\r";
    public const char Mark = '\'';

    /// <summary>The cell without the mark that an export gave it.</summary>
    public static string Unmark(string cell) => cell is [Mark, var start, ..] && FormulaStarts.Contains(start, StringComparison.Ordinal) ? cell[1..] : cell;
}
