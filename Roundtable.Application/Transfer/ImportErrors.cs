using Roundtable.Application.Common;

namespace Roundtable.Application.Transfer;

/// <summary>
/// Why a file as a whole is not imported: <c>context.fault</c> and its facts are for clients that write their own message.
/// </summary>
public static class ImportErrors
{
    public static readonly Error NoRows = Fault("no_rows", "The file has no rows.");

    public static readonly Error NoEmailColumn = Fault("no_email_column", "There is no column 'email'. The first line names the columns.");

    public static Error TooManyRows(int max) =>
        Fault("too_many_rows", $"The file has more than {max} rows. Import it in parts.").WithDetail("max", max);

    /// <param name="number">The column's place, from 1.</param>
    public static Error WrongColumn(string name, int number, string known) =>
        Fault("wrong_column", $"The column '{name}' (number {number}) is unknown or a duplicate. Known columns: {known}.")
            .WithDetail("column", name)
            .WithDetail("number", number)
            .WithDetail("known", known);

    public static Error NotUtf8(int line, string problem) =>
        Fault("not_utf8", $"Line {line}: {problem} Save the file as UTF-8 (in Excel: CSV UTF-8) and import it again.")
            .WithDetail("line", line);

    public static Error NotCsv(int line, string problem) => Fault("not_csv", $"Line {line}: {problem}").WithDetail("line", line);

    private static Error Fault(string fault, string message) =>
        Errors.Invalid("body", new FieldError("bad_file", message)).WithDetail("fault", fault);
}
