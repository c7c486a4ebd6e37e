using Microsoft.Extensions.Options;
using Roundtable.Api.Logging;
using Roundtable.Api.Operations;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Api.Startup;

/// <summary>Runs the program, from its arguments to its exit code.</summary>
internal static class EntryPoint
{
    /// <param name="args">A command, its options, and settings; see <see cref="CommandLine.Usage"/>.</param>
    /// <param name="output">Receives help and the results of commands.</param>
    /// <param name="errors">Receives the reasons if the program does not start, one per line.</param>
    /// <returns>0, 1 for invalid settings, or 2 for invalid arguments.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (RuntimeGuard.Check(Environment.Version) is { } hole)
        {
            await errors.WriteLineAsync(hole);
            return 1;
        }

        var command = args.FirstOrDefault();
        try
        {
            var commandLine = CommandLine.Parse(args);
            if (commandLine.IsHelp)
            {
                await output.WriteLineAsync(CommandLine.Usage);
                return 0;
            }

            await using var app = Build(commandLine);
            return await new Commands(app, output, errors).RunAsync(commandLine);
        }
        catch (ConfigurationException e) when (command == DoctorCommand.Name)
        {
            return DoctorCommand.Report(e, output);
        }
        catch (Exception e) when (StartFailure.Of(e) is { } failure)
        {
            foreach (var line in failure.Lines)
            {
                await errors.WriteLineAsync(line);
            }

            return failure.ExitCode;
        }
    }

    private static WebApplication Build(CommandLine commandLine)
    {
        PrivateFiles.Enforce();
        var builder = WebApplication.CreateBuilder(commandLine.Settings);
        ProgramFolder.Use(builder);
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, Defaults.Source);
        var development = builder.Environment.IsDevelopment();
        var serving = commandLine.Command is null;
        var fileLog = builder.AddRoundtable(secureCookie: !development, serving, production: !development);
        builder.AddLogging(json: !development, toStandardError: !serving, fileLog);

        var app = builder.Build();
        if (serving)
        {
            Prepare(app, development);
        }

        return app;
    }

    private static void Prepare(WebApplication app, bool development)
    {
        var options = app.Services.GetRequiredService<IOptions<AppOptions>>().Value;
        var logger = app.Services.GetRequiredService<ILogger<Program>>();
        foreach (var problem in development ? [] : ProductionRules.Find(app.Configuration, options))
        {
            ApiLog.StartupWarning(logger, problem.ToString());
        }

        app.UseRoundtable();
        var database = DatabaseInspection.Engine(app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider);
        app.Lifetime.ApplicationStarted.Register(() => ApiLog.Started(logger, options.PublicUrl, database));
    }
}
