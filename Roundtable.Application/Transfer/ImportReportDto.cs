using Roundtable.Application.Common;

namespace Roundtable.Application.Transfer;

/// <summary>What came of an import.</summary>
public sealed record ImportReportDto
{
    /// <summary>Whether nothing was written.</summary>
    public required bool DryRun { get; init; }

    /// <summary>How many rows there were.</summary>
    public required int Total { get; init; }

    /// <summary>How many accounts were made, or would be.</summary>
    public required int Created { get; init; }

    /// <summary>How many rows name an address that has an account.</summary>
    public required int Skipped { get; init; }

    /// <summary>How many rows cannot be imported.</summary>
    public required int Failed { get; init; }

    /// <summary>The rows that were not created, on a dry run all: the first 10,000 of them.</summary>
    public required IReadOnlyList<ImportRowDto> Rows { get; init; }

    /// <summary>How many more rows there are of those that are listed.</summary>
    public required int RowsOmitted { get; init; }
}

/// <summary>What came of a row.</summary>
/// <param name="Line">Where it stands, from 1, a CSV's header included.</param>
/// <param name="Email">The address, as far as it could be read.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Code">The error's code; null when it was created.</param>
/// <param name="Detail">What is wrong, for people.</param>
/// <param name="Field">The column or member that is wrong; null where it is the whole row, or something else.</param>
/// <param name="Reason">Why, for programs that word it themselves; only for <c>validation_failed</c>.</param>
public sealed record ImportRowDto(
    int Line,
    string? Email,
    ImportOutcome Outcome,
    string? Code,
    string? Detail,
    string? Field = null,
    FieldReason? Reason = null
)
{
    /// <summary>A row that cannot be imported; the detail names all that is wrong, field and reason are those of the first.</summary>
    public static ImportRowDto Failed(int line, string? email, string? code, IReadOnlyList<ImportProblem> problems) =>
        new(
            line,
            email,
            ImportOutcome.Failed,
            code,
            string.Join(' ', problems),
            problems[0].Field,
            code == "validation_failed" ? FieldReasons.Of(problems[0].Sentence) : null
        );
}

/// <summary>What comes of a row.</summary>
public enum ImportOutcome
{
    Created,
    Skipped,
    Failed,
}
