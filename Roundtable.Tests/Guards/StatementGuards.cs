using System.Text.RegularExpressions;

namespace Roundtable.Tests.Guards;

/// <summary>How statements locate their rows.</summary>
internal static partial class StatementGuards
{
    public static IEnumerable<string> StatementsScanNoGrowingTable(Subject subject) =>
        (
            from statement in subject.Statements
            from step in statement.Steps
            where Scanned(step.Text, statement.Text) is { } table && subject.Growing.Contains(table)
            select $"A statement scans a growing table ({step.Text}): add an index for its WHERE or ORDER BY, by "
                + $"builder.HasIndex(…) in the table's configuration.\n{statement.Text}"
        ).Distinct();

    // Sorted rows have all been read: a list page must come in index order. Exceptions: the outermost sort of one page, two indexes
    // joined by "or" (a user's activity, mail that is due), and the rows left by another filter's index.
    public static IEnumerable<string> PagesAreReadInIndexOrder(Subject subject) =>
        subject
            .Statements.Where(s => s.Text.Contains("LIMIT", StringComparison.Ordinal) && SortsMoreThanAPage(s.Steps))
            .Select(s =>
                "A statement sorts more than one page: add an index on its sort columns, with the ID last, by "
                + $"builder.HasIndex(…) in the table's configuration.\n{string.Join('\n', s.Steps.Select(p => p.Text).Prepend(s.Text))}"
            );

    private static bool SortsMoreThanAPage(IReadOnlyList<PlanStep> steps)
    {
        var pages = steps.Where(s => s.Text.StartsWith("CO-ROUTINE", StringComparison.Ordinal)).Select(s => s.Id).ToList();
        var sorts = steps.Where(s => s.Text.Contains("TEMP B-TREE", StringComparison.Ordinal)).ToList();
        return !steps.Any(s => s.Text == "MULTI-INDEX OR")
            && sorts.Any(s =>
                pages.Count == 0
                || (
                    s.Parent != 0 && steps.Any(other => other.Parent == s.Parent && other.Text.StartsWith("SCAN", StringComparison.Ordinal))
                )
            );
    }

    private static string? Scanned(string step, string sql)
    {
        if (
            Scan().Match(step) is not { Success: true } scan
            || step.Contains("USING INDEX", StringComparison.Ordinal)
            || step.Contains("USING COVERING INDEX", StringComparison.Ordinal)
        )
        {
            return null;
        }

        var name = scan.Groups["name"].Value;
        return Regex.Match(sql, $"\"(?<table>\\w+)\" AS \"{name}\"") is { Success: true } alias ? alias.Groups["table"].Value : name;
    }

    [GeneratedRegex("^SCAN (TABLE )?(?<name>\\w+)")]
    private static partial Regex Scan();
}
