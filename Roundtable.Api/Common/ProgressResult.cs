using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Roundtable.Api.Common;

/// <summary>Runs work that reports its progress, and sends each report at once as a line of NDJSON.</summary>
internal sealed class ProgressResult<T>(IAsyncEnumerable<T> reports) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, ct) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        var json = context.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        response.ContentType = "application/x-ndjson";
        // Proxies that collect responses before they pass them on would hide the progress.
        response.Headers["X-Accel-Buffering"] = "no";
        await foreach (var report in reports.WithCancellation(ct))
        {
            await JsonSerializer.SerializeAsync(response.Body, report, json, ct);
            await response.Body.WriteAsync("\n"u8.ToArray(), ct);
            await response.Body.FlushAsync(ct);
        }
    }
}
