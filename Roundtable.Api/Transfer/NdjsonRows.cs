using System.Runtime.CompilerServices;
using System.Text.Json;
using Roundtable.Application.Profiles;
using Roundtable.Application.Transfer;

namespace Roundtable.Api.Transfer;

/// <summary>Reads rows to import from JSON objects, one a line. A line that is none is that row's problem, not the file's.</summary>
internal static class NdjsonRows
{
    private const int MaxLineLength = 64 * 1024;
    private const string Extra = "extra";

    public static async IAsyncEnumerable<ImportRow> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = new StreamReader(body);
        for (var line = 1; await reader.ReadLineAsync(ct) is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return text.Length > MaxLineLength ? new ImportRow(line, "The line is too long.") : ToRow(line, text);
            }
        }
    }

    private static ImportRow ToRow(int line, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? ToRow(line, document.RootElement) : new ImportRow(line, "The line is not a JSON object.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter for text that is no Unicode.
            return new ImportRow(line, "The line is not valid JSON.");
        }
    }

    private static ImportRow ToRow(int line, JsonElement json)
    {
        if (json.EnumerateObject().FirstOrDefault(p => p.Name != Extra && !ImportFields.Known.Contains(p.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            return new ImportRow(line, $"The member '{(unknown.Name.Length > 40 ? unknown.Name[..40] : unknown.Name)}' is not known.");
        }

        string? Text(string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
            : null;

        IReadOnlyList<string>? roles = json.TryGetProperty("roles", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(r => r.ToString())]
            : Text("roles")?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var row = ImportFields.ToRow(
            line, Text("email"), Text("name"), Text("emailVerified"), roles, Text("passwordHash"), Text("createdAt"), Text("banned"), Text("banReason"));
        return json.TryGetProperty(Extra, out var extra) ? WithExtra(row, extra) : row;
    }

    private static ImportRow WithExtra(ImportRow row, JsonElement extra) => extra.ValueKind switch
    {
        JsonValueKind.Null => row,
        JsonValueKind.Object => row with { Extra = extra.Deserialize<Dictionary<string, ProfileValue>>()! },
        _ => row with { Problem = row.Problem ?? "extra: The value has the wrong type." },
    };
}
