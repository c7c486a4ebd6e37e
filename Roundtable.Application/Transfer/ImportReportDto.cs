using Roundtable.Application.Common;

namespace Roundtable.Application.Transfer;

/// <summary>The result of an import.</summary>
public sealed record ImportReportDto
{
    /// <summary>Whether nothing was written.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Total { get; init; }

    /// <summary>Accounts created, or to be created on a dry run.</summary>
    public required int Created { get; init; }

    /// <summary>Rows whose e-mail address already has an account.</summary>
    public required int Skipped { get; init; }

    /// <summary>Rows that cannot be imported.</summary>
    public required int Failed { get; init; }

    /// <summary>The rows that created no account, or all rows on a dry run; at most the first 10,000.</summary>
    public required IReadOnlyList<ImportRowDto> Rows { get; init; }

    /// <summary>The number of such rows beyond those listed.</summary>
    public required int RowsOmitted { get; init; }
}

/// <summary>The result of a row.</summary>
/// <param name="Line">The line number, from 1, including a CSV header.</param>
/// <param name="Email">The e-mail address, if it could be read.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Code">The error code; null if the account was created.</param>
/// <param name="Detail">The problem, as readable text.</param>
/// <param name="Field">The invalid column or member; null for the whole row or another problem.</param>
/// <param name="Reason">The reason, for clients that write their own message; only for <c>validation_failed</c>.</param>
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
    /// <summary>Creates the result of a failed row: the detail lists all problems, field and reason are those of the first.</summary>
    public static ImportRowDto Failed(int line, string? email, string? code, IReadOnlyList<ImportProblem> problems) =>
        new(
            line,
            email,
            ImportOutcome.Failed,
            code,
            string.Join(' ', problems),
            problems[0].Field,
            code == "validation_failed" ? problems[0].Error.Reason : null
        );
}

/// <summary>The outcome of a row.</summary>
public enum ImportOutcome
{
    Created,
    Skipped,
    Failed,
}
