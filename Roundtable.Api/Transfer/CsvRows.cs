using System.Runtime.CompilerServices;
using CsvHelper;
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
    public static async IAsyncEnumerable<ImportRow> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var csv = CsvReader.Create(body, Options, true);
        var (more, broken) = await ReadNextAsync(csv, ct);
        if (broken is not null)
        {
            throw new ImportFormatException($"Line {broken.Line}: {broken.Problem}");
        }

        for (var columns = more ? Columns(csv) : []; more; (more, broken) = await ReadNextAsync(csv, ct))
        {
            yield return ToRow(csv, columns);
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

    private static Dictionary<string, int> Columns(CsvReader csv)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < csv.Headers.Count; i++)
        {
            var name = csv.Headers[i].Trim();
            if (!ImportFields.Known.Contains(name) || !columns.TryAdd(name, i))
            {
                throw new ImportFormatException($"The column '{(name.Length > 40 ? name[..40] : name)}' is not known, or there twice. Known are: {string.Join(", ", ImportFields.Known.Order(StringComparer.Ordinal))}.");
            }
        }

        return columns.ContainsKey("email") ? columns : throw new ImportFormatException("There is no column 'email'. The first line names the columns.");
    }

    private static ImportRow ToRow(CsvReader csv, Dictionary<string, int> columns)
    {
        string? Cell(string name) => columns.TryGetValue(name, out var i) && i < csv.FieldCount && csv.GetString(i) is { Length: > 0 } text ? text : null;

        var line = (int)csv.LineNumber;
        return csv.FieldCount > columns.Count
            ? new ImportRow(line, "The row has more cells than the header.")
            : ImportFields.ToRow(line, Cell("email"), Cell("name"), Cell("emailVerified"), Cell("roles")?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Cell("passwordHash"), Cell("createdAt"), Cell("banned"), Cell("banReason"));
    }
}

/// <summary>A file that cannot be read as a whole.</summary>
internal sealed class ImportFormatException(string message) : Exception(message);
