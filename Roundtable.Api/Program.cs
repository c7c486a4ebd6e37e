using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Roundtable.Api.Logging;
using Roundtable.Api.Startup;
using Roundtable.Application.Common;

if (RuntimeGuard.Check(Environment.Version) is { } hole)
{
    return Fail(hole, 1);
}

try
{
    var commandLine = CommandLine.Parse(args);
    if (commandLine.IsHelp)
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }

    var builder = WebApplication.CreateBuilder(commandLine.Settings);
    ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, Defaults.Source);
    var development = builder.Environment.IsDevelopment();
    var serving = commandLine.Command is null;
    builder.AddLogging(json: !development, toStandardError: !serving);
    builder.AddRoundtable(secureCookie: !development);

    var app = builder.Build();
    var options = app.Services.GetRequiredService<IOptions<AppOptions>>().Value;
    var logger = app.Services.GetRequiredService<ILogger<Program>>();
    if (!serving)
    {
        return await Commands.RunAsync(commandLine, app);
    }

    if (!development)
    {
        foreach (var warning in ProductionRules.Enforce(app.Configuration, options))
        {
            ApiLog.StartupWarning(logger, warning);
        }
    }

    app.UseRoundtable(guardHosts: !development);
    app.Lifetime.ApplicationStarted.Register(() => ApiLog.Started(logger, options.PublicUrl));
    return await Commands.RunAsync(commandLine, app);
}
catch (UsageException e)
{
    return Fail($"{e.Message}\n\n{CommandLine.Usage}", 2);
}
catch (Exception e) when (e is ConfigurationException or OptionsValidationException or InvalidDataException)
{
    return Fail($"Configuration: {LineBreaks().Replace(e.Message, " ")}", 1);
}

static int Fail(string message, int exitCode)
{
    Console.Error.WriteLine(message);
    return exitCode;
}

/// <summary>The entry point; public so that tests can start it.</summary>
public partial class Program
{
    [GeneratedRegex("\\s+")]
    private static partial Regex LineBreaks();
}
