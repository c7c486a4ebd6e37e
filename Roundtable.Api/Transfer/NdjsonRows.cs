using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Roundtable.Api.Common;
using Roundtable.Application.Transfer;

namespace Roundtable.Api.Transfer;

/// <summary>
/// Reads rows to import from JSON objects, one per line, as strictly as request bodies. An invalid line is a problem of that row,
/// not of the file.
/// </summary>
internal static class NdjsonRows
{
    private const int MaxLineLength = 64 * 1024;

    public static async IAsyncEnumerable<ImportRow> ReadAsync(
        Stream body,
        JsonSerializerOptions options,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var reader = new StreamReader(body, leaveOpen: true);
        for (var line = 1; await reader.ReadLineAsync(ct) is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return text.Length > MaxLineLength
                    ? new ImportRow(line, new ImportProblem(new("too_long", "The line is too long.", Max: MaxLineLength)))
                    : ToRow(line, text, options);
            }
        }
    }

    private static ImportRow ToRow(int line, string text, JsonSerializerOptions options)
    {
        var reading = StrictJson.Read(Encoding.UTF8.GetBytes(text), typeof(ImportLine), options);
        return reading switch
        {
            { Malformed: not null } => new ImportRow(line, new ImportProblem(new("bad_row", "The line is not valid JSON."))),
            { Value: ImportLine read } when !reading.Errors.ContainsKey(StrictJson.Whole) => read.ToRow(
                line,
                [.. reading.Errors.Select(e => new ImportProblem(e.Value[0], e.Key))]
            ),
            _ => new ImportRow(line, new ImportProblem(new("bad_row", "The line is not a JSON object."))),
        };
    }
}
