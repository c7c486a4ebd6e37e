using Serilog;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Templates;

namespace Roundtable.Api.Logging;

internal static class LoggingSetup
{
    private const string Text = "[{@t:HH:mm:ss} {@l:u3}] {@m}\n{@x}";

    private const int BufferedLines = 10_000;

    /// <summary>Logs one JSON object per line, or plain text.</summary>
    public static void AddLogging(this WebApplicationBuilder builder, bool json, bool toStandardError, FileLogOptions file)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(
            (services, logger) =>
                logger
                    .MinimumLevel.Information()
                    .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
                    .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
                    // A lost race is not an error, and SQL Server's message for it contains the address.
                    .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Update", LogEventLevel.Fatal)
                    // The caller gets the warnings in the response, and polls often.
                    .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Error)
                    // EF Core also throws an exception for a failed statement, which is logged where it is handled.
                    .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database", LogEventLevel.Fatal)
                    .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Query", LogEventLevel.Fatal)
                    .MinimumLevel.Override("System.Net.Http.HttpClient", LogEventLevel.Warning)
                    .ReadFrom.Configuration(builder.Configuration)
                    .WriteTo.Sink(
                        new BatchedConsole(Formatter(json), toStandardError ? Console.OpenStandardError() : Console.OpenStandardOutput())
                    )
                    .WriteToFile(file, Formatter(json))
        );
    }

    private static ITextFormatter Formatter(bool json) => json ? new JsonLines() : new ExpressionTemplate(Text);

    private static LoggerConfiguration WriteToFile(this LoggerConfiguration logger, FileLogOptions file, ITextFormatter formatter) =>
        string.IsNullOrEmpty(file.Path)
            ? logger
            : logger.WriteTo.Async(
                a =>
                    a.File(
                        formatter,
                        file.Path,
                        fileSizeLimitBytes: file.MaxMegabytes * 1024L * 1024,
                        rollOnFileSizeLimit: true,
                        rollingInterval: RollingInterval.Day,
                        retainedFileCountLimit: file.RetainedFiles
                    ),
                BufferedLines
            );
}
