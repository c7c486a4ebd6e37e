using Serilog;
using Serilog.Events;
using Serilog.Templates;

namespace Roundtable.Api.Logging;

internal static class LoggingSetup
{
    private const string Text = "[{@t:HH:mm:ss} {@l:u3}] {@m}\n{@x}";

    /// <summary>One JSON object a line, or text for people.</summary>
    public static void AddLogging(this WebApplicationBuilder builder, bool json, bool toStandardError)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog((services, logger) => logger
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
            // A lost race is no error, and SQL Server's words for it quote the address.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Update", LogEventLevel.Fatal)
            .MinimumLevel.Override("System.Net.Http.HttpClient", LogEventLevel.Warning)
            .ReadFrom.Configuration(builder.Configuration)
            .WriteTo.Sink(new BatchedConsole(
                json ? new JsonLines() : new ExpressionTemplate(Text), toStandardError ? Console.OpenStandardError() : Console.OpenStandardOutput())));
    }
}
