using Serilog;
using Serilog.Events;
using Serilog.Templates;

namespace Roundtable.Api.Logging;

internal static class LoggingSetup
{
    private const int BufferedLines = 10_000;

    private const string Text = "[{@t:HH:mm:ss} {@l:u3}] {@m}\n{@x}";

    // The framework adds the request's path, which may hold what no log should; our own lines have the route.
    private const string Json = "{ {timestamp: ToString(UtcDateTime(@t), 'o'), level: @l, message: @m, exception: @x, ..@p, RequestPath: undefined()} }\n";

    /// <summary>One JSON object a line, or text for people; written by a thread of its own, so that a slow console holds nobody up.</summary>
    public static void AddLogging(this WebApplicationBuilder builder, bool json, bool toStandardError)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog((services, logger) => logger
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
            // A lost race is no error, and SQL Server's words for it quote the address.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Update", LogEventLevel.Fatal)
            // What EF Core says of a failed statement comes as an exception too, and is logged where that ends.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Query", LogEventLevel.Fatal)
            .MinimumLevel.Override("System.Net.Http.HttpClient", LogEventLevel.Warning)
            .ReadFrom.Configuration(builder.Configuration)
            .WriteTo.Async(
                a => a.Console(new ExpressionTemplate(json ? Json : Text), standardErrorFromLevel: toStandardError ? LogEventLevel.Verbose : null),
                BufferedLines,
                blockWhenFull: true));
    }
}
