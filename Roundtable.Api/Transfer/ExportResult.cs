using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Roundtable.Api.Http;

namespace Roundtable.Api.Transfer;

/// <summary>Streams rows to a file; only one row is in memory at a time.</summary>
internal sealed class ExportResult<T>(IAsyncEnumerable<T> rows, ExportFormat format, string name, ExportColumn<T>[] columns) : IActionResult
{
    private const int FlushEvery = 500;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var extension = format == ExportFormat.Csv ? "csv" : "ndjson";
        http.Response.ContentType = format == ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{extension}\"";
        if (HeadRequests.IsHead(http))
        {
            return;
        }

        await (format == ExportFormat.Csv ? WriteCsvAsync(http) : WriteNdjsonAsync(http));
    }

    private async Task WriteCsvAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        await using var csv = CsvWriter.Create(http.Response.Body, CsvWriterOptions.Default, true);
        foreach (var column in columns)
        {
            csv.WriteField(column.Name);
        }

        await csv.EndRecordAsync(ct);
        var count = 0;
        await foreach (var row in rows.WithCancellation(ct))
        {
            foreach (var column in columns)
            {
                csv.WriteField(SpreadsheetCells.Mark(Text(column.Value(row))));
            }

            await csv.EndRecordAsync(ct);
            if (++count % FlushEvery == 0)
            {
                await csv.FlushAsync(ct);
            }
        }

        await csv.FlushAsync(ct);
    }

    private async Task WriteNdjsonAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        await foreach (var row in rows.WithCancellation(ct))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, row, json, ct);
            await http.Response.Body.WriteAsync("\n"u8.ToArray(), ct);
        }
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
            IEnumerable<string> several => string.Join(';', several),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
}

/// <summary>A column of a CSV file.</summary>
internal sealed record ExportColumn<T>(string Name, Func<T, object?> Value);
