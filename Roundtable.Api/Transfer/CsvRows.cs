using System.Runtime.CompilerServices;
using CsvHelper;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Application.Transfer;
using Roundtable.Domain.Common;

namespace Roundtable.Api.Transfer;

/// <summary>
/// Reads rows to import from CSV, one at a time. Tolerates what spreadsheets produce: blank rows, spaces around cells, column
/// names in other cases, a last column without a name, and formula escapes.
/// </summary>
internal static class CsvRows
{
    private const int MaxRecordBytes = 64 * 1024;
    private const int ShownName = 40;

    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        HasHeader = true,
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        MaxRecordSize = MaxRecordBytes,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
    };

    /// <summary>Throws <see cref="ImportFormatException"/> if the file as a whole cannot be read.</summary>
    public static async IAsyncEnumerable<ImportRow> ReadAsync(
        Stream body,
        ProfileFields fields,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var csv = CsvReader.Create(body, Options, true);
        var (more, broken) = await ReadNextAsync(csv, ct);
        if (broken is not null)
        {
            throw new ImportFormatException(ImportErrors.NotCsv(broken.Line, $"{broken.Problems[0]}"));
        }

        for (var columns = more ? Columns(csv, fields) : []; more; (more, broken) = await ReadNextAsync(csv, ct))
        {
            var cells = Enumerable
                .Range(0, csv.FieldCount)
                .Select(i => UnicodeText.Nfc(SpreadsheetCells.Unmark(csv.GetString(i)).Trim()))
                .ToList();
            if (cells.Exists(c => c.Length > 0))
            {
                yield return ToRow((int)csv.LineNumber, cells, columns, fields);
            }
        }

        // The rows before it are already imported, so the report must be returned and say where it ends.
        if (broken is not null)
        {
            yield return broken;
        }
    }

    private static async Task<(bool More, ImportRow? Broken)> ReadNextAsync(CsvReader csv, CancellationToken ct)
    {
        try
        {
            return (await csv.ReadAsync(ct), null);
        }
        catch (CsvFormatException e)
        {
            return (
                false,
                new ImportRow(
                    (int)e.LineNumber,
                    new ImportProblem(
                        new("bad_file", "This is not CSV: a quote or a line's length is wrong. Nothing from here on was read.")
                    )
                )
            );
        }
    }

    /// <summary>Maps each cell of a row to its column; null for columns without a name, which only the last ones may be.</summary>
    private static List<string?> Columns(CsvReader csv, ProfileFields fields)
    {
        var known = ImportColumns.ByKey(fields);
        var headers = csv.Headers.Select(h => h.Trim()).ToList();
        var columns = new List<string?>();
        foreach (var header in headers)
        {
            if (
                !known.TryGetValue(ImportColumns.Key(header), out var name)
                    ? headers.Skip(columns.Count).Any(h => h.Length > 0)
                    : columns.Contains(name)
            )
            {
                var shown = header.Length > ShownName ? header[..ShownName] : header;
                throw new ImportFormatException(ImportErrors.WrongColumn(shown, columns.Count + 1, ImportColumns.Names(fields)));
            }

            columns.Add(name);
        }

        return columns.Contains("email") ? columns : throw new ImportFormatException(ImportErrors.NoEmailColumn);
    }

    private static ImportRow ToRow(int line, List<string> cells, List<string?> columns, ProfileFields fields)
    {
        if (cells.Count > columns.Count)
        {
            return new ImportRow(line, new ImportProblem(new("bad_row", "The row has more cells than the header.")));
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (cell, column) in cells.Zip(columns).Where(c => c.First.Length > 0))
        {
            if (column is null)
            {
                return new ImportRow(line, new ImportProblem(new("bad_row", "The row has a cell without a column name.")));
            }

            texts[column] = cell;
        }

        return ToRow(line, texts, fields);
    }

    private static ImportRow ToRow(int line, Dictionary<string, string> texts, ProfileFields fields)
    {
        var problems = new List<ImportProblem>();
        var row = new ImportRow(line, problems)
        {
            Email = texts.GetValueOrDefault("email"),
            Name = texts.GetValueOrDefault("name"),
            EmailVerified = Flag(texts, "emailVerified", problems),
            Roles = ImportRoles.Of(texts.GetValueOrDefault("roles", "")).Names,
            PasswordHash = texts.GetValueOrDefault("passwordHash"),
            Logins =
            [
                .. texts
                    .GetValueOrDefault("logins", "")
                    .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(TransferredLogin.Parse),
            ],
            CreatedAtUtc = Time(texts, "createdAt", problems),
            Banned = Flag(texts, "banned", problems),
            BanReason = texts.GetValueOrDefault("banReason"),
            BannedUntilUtc = Time(texts, "banExpiresAt", problems),
            Image = texts.GetValueOrDefault("image"),
            Bio = texts.GetValueOrDefault("bio"),
            Locale = texts.GetValueOrDefault("locale"),
            TimeZone = texts.GetValueOrDefault("timeZone"),
        };
        return row with { Extra = fields.All.Where(f => texts.ContainsKey(f.Path)).ToDictionary(f => f.Name, f => f.Parse(texts[f.Path])) };
    }

    private static DateTime? Time(Dictionary<string, string> texts, string column, List<ImportProblem> problems)
    {
        if (!texts.TryGetValue(column, out var text))
        {
            return null;
        }

        if (Iso8601.TryParse(text, out var time))
        {
            return time;
        }

        problems.Add(new ImportProblem(Iso8601.Problem, column));
        return null;
    }

    // Databases also export Booleans as 1 and 0.
    private static bool Flag(Dictionary<string, string> texts, string column, List<ImportProblem> problems)
    {
        var text = texts.GetValueOrDefault(column);
        var isTrue = text is "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        if (!isTrue && text is not (null or "0") && !string.Equals(text, "false", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(new ImportProblem(new("not_a_flag", "The value must be true or false."), column));
        }

        return isTrue;
    }
}

/// <summary>Thrown for a file that cannot be read as a whole.</summary>
internal sealed class ImportFormatException(Error error) : Exception(error.Message)
{
    public Error Error => error;
}
