using Microsoft.Extensions.Options;
using Roundtable.Api.Doctor;
using Roundtable.Api.Logging;
using Roundtable.Api.Startup;
using Roundtable.Application.Common;

if (RuntimeGuard.Check(Environment.Version) is { } hole)
{
    Console.Error.WriteLine(hole);
    return 1;
}

var command = args.FirstOrDefault();
try
{
    var commandLine = CommandLine.Parse(args);
    if (commandLine.IsHelp)
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }

    PrivateFiles.Enforce();
    var builder = WebApplication.CreateBuilder(commandLine.Settings);
    ProgramFolder.Use(builder);
    ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, Defaults.Source);
    var development = builder.Environment.IsDevelopment();
    var serving = commandLine.Command is null;
    var fileLog = builder.AddRoundtable(secureCookie: !development, serving, production: !development);
    builder.AddLogging(json: !development, toStandardError: !serving, fileLog);

    var app = builder.Build();
    if (!serving)
    {
        return await Commands.RunAsync(commandLine, app);
    }

    var options = app.Services.GetRequiredService<IOptions<AppOptions>>().Value;
    var logger = app.Services.GetRequiredService<ILogger<Program>>();
    foreach (var problem in development ? [] : ProductionRules.Find(app.Configuration, options))
    {
        ApiLog.StartupWarning(logger, problem.ToString());
    }

    app.UseRoundtable();
    app.Lifetime.ApplicationStarted.Register(() => ApiLog.Started(logger, options.PublicUrl));
    return await Commands.RunAsync(commandLine, app);
}
catch (ConfigurationException e) when (command == DoctorCommand.Name)
{
    return DoctorCommand.Report(e);
}
catch (Exception e) when (StartFailure.Of(e) is { } failure)
{
    failure.Lines.ToList().ForEach(Console.Error.WriteLine);
    return failure.ExitCode;
}

/// <summary>The entry point; public so that tests can start it.</summary>
public partial class Program;
