using System.Runtime.CompilerServices;
using CsvHelper;
using Roundtable.Application.Profiles;
using Roundtable.Application.Transfer;

namespace Roundtable.Api.Transfer;

/// <summary>Reads rows to import from CSV, one at a time.</summary>
internal static class CsvRows
{
    private const int MaxRecordBytes = 64 * 1024;

    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        HasHeader = true,
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        MaxRecordSize = MaxRecordBytes,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
    };

    /// <summary>Throws <see cref="ImportFormatException"/> when the file as a whole cannot be read.</summary>
    public static async IAsyncEnumerable<ImportRow> ReadAsync(Stream body, ProfileFields fields, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var csv = CsvReader.Create(body, Options, true);
        var (more, broken) = await ReadNextAsync(csv, ct);
        if (broken is not null)
        {
            throw new ImportFormatException($"Line {broken.Line}: {broken.Problem}");
        }

        for (var columns = more ? Columns(csv, fields) : []; more; (more, broken) = await ReadNextAsync(csv, ct))
        {
            yield return ToRow(csv, columns, fields);
        }

        // The rows before it have been imported: the report must come, and say where it ends.
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
            return (false, new ImportRow((int)e.LineNumber, "This is not CSV: a quote or a line's length is wrong. Nothing from here on was read."));
        }
    }

    private static Dictionary<string, int> Columns(CsvReader csv, ProfileFields fields)
    {
        var known = ImportFields.Known.Concat(fields.All.Select(f => f.Path)).ToHashSet(StringComparer.Ordinal);
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < csv.Headers.Count; i++)
        {
            var name = csv.Headers[i].Trim();
            if (!known.Contains(name) || !columns.TryAdd(name, i))
            {
                throw new ImportFormatException($"The column '{(name.Length > 40 ? name[..40] : name)}' is not known, or there twice. Known are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
            }
        }

        return columns.ContainsKey("email") ? columns : throw new ImportFormatException("There is no column 'email'. The first line names the columns.");
    }

    private static ImportRow ToRow(CsvReader csv, Dictionary<string, int> columns, ProfileFields fields)
    {
        string? Cell(string name) => columns.TryGetValue(name, out var i) && i < csv.FieldCount && csv.GetString(i) is { Length: > 0 } text ? text : null;

        var line = (int)csv.LineNumber;
        if (csv.FieldCount > columns.Count)
        {
            return new ImportRow(line, "The row has more cells than the header.");
        }

        var row = ImportFields.ToRow(line, Cell("email"), Cell("name"), Cell("emailVerified"), Cell("roles")?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Cell("passwordHash"), Cell("createdAt"), Cell("banned"), Cell("banReason"));
        var extra = fields.All.Select(f => (Field: f, Cell: Cell(f.Path))).Where(c => c.Cell is not null);
        return row with { Extra = extra.ToDictionary(c => c.Field.Name, c => c.Field.Parse(SpreadsheetCells.Unmark(c.Cell!))) };
    }
}

/// <summary>A file that cannot be read as a whole.</summary>
internal sealed class ImportFormatException(string message) : Exception(message);
