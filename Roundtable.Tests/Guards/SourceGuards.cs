using System.Text.RegularExpressions;

namespace Roundtable.Tests.Guards;

/// <summary>What source files may and may not contain.</summary>
internal static partial class SourceGuards
{
    private const int LongestLine = 140;
    private const int LongestFile = 250;
    private const int LongestFixture = 400;

    // Fixtures are tables of cases and may be longer than code that is read to be changed.
    public static IEnumerable<string> FilesAreShort(Subject subject) =>
        subject
            .Sources.Select(f =>
                (
                    File: f,
                    Lines: f.Text.Count(c => c == '\n') + (f.Text.EndsWith('\n') ? 0 : 1),
                    Limit: f.Path.StartsWith("Roundtable.Tests/", StringComparison.Ordinal) ? LongestFixture : LongestFile
                )
            )
            .Where(f => f.Lines > f.Limit)
            .Select(f => $"{f.File.Path} has {f.Lines} lines, more than {f.Limit}: split it by topic.");

    // The formatters wrap code, but neither comments nor strings.
    public static IEnumerable<string> LinesAreShort(Subject subject) =>
        subject
            .Sources.Select(f => (f.Path, Line: Array.Find(f.Text.Split('\n'), l => l.TrimEnd('\r').Length > LongestLine)))
            .Where(f => f.Line is not null)
            .Select(f => $"{f.Path} has a line longer than {LongestLine} characters: {f.Line!.Trim()}");

    // Words of this code base alone, for which the field has others.
    public static IEnumerable<string> CommentsUseCommonTerms(Subject subject) =>
        from file in subject.Sources
        from comment in Comment().Matches(file.Text)
        from word in PrivateWord().Matches(comment.Value)
        select $"{file.Path} uses '{word.Value}': name the user, the caller or the object, as .NET's documentation does. " + comment.Value;

    // The clock is injected so that tests can move it; IDs and secrets have their own generators.
    public static IEnumerable<string> TimeIsInjected(Subject subject) =>
        subject
            .Sources.Where(f => SystemClock().IsMatch(f.Text))
            .Select(f => $"{f.Path} reads the system clock, which tests cannot control: take a TimeProvider, or the time as a parameter.");

    public static IEnumerable<string> SqlIsInAllowedFiles(Subject subject) =>
        subject.ExceptListed(
            subject
                .Sources.Where(f =>
                    !IsOfOneDatabase(f) && !f.Path.Contains("/Persistence/HotReads/", StringComparison.Ordinal) && Sql().IsMatch(f.Text)
                )
                .Select(f => f.Name),
            name =>
                $"{name} contains SQL, which would have to work on both databases: use LINQ. Queries of every request belong "
                + "in Persistence/HotReads, with one statement for both; SQL for one database belongs in the "
                + "folder Sqlite or SqlServer of Persistence."
        );

    public static IEnumerable<string> ProvidersStayInPersistence(Subject subject) =>
        subject
            .Sources.Where(f =>
                !f.Path.Contains("/Persistence/", StringComparison.Ordinal) && !IsOfOneDatabase(f) && Provider().IsMatch(f.Text)
            )
            .Select(f =>
                $"{f.Path} depends on the database provider: hide it behind an interface in Roundtable.Infrastructure/Persistence."
            );

    private static bool IsOfOneDatabase(SourceFile file) => file.Path.Split('/').Any(part => part is "Sqlite" or "SqlServer");

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(
        @"\b(FromSql(Raw|Interpolated)?|ExecuteSql(Raw|Interpolated)?(Async)?|SqlQuery(Raw)?)\s*[<(]|\bCommandText\s*=|\bCreateCommand\("
    )]
    private static partial Regex Sql();

    [GeneratedRegex(@"\bIsSqlite\(\)|\bIsSqlServer\(\)|\bnew Sqlite(Connection|Command)\b|\bnew Sql(Connection|Command)\(")]
    private static partial Regex Provider();

    [GeneratedRegex(@"(?<=^|\s)//+ .*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"\b(whoever|whomever|somebody|nobody|anybody|what (came|became) of|parted by|kept out|keeps out|made anew|"
            + @"place in line|(is|are|was|were) told)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex PrivateWord();
}
