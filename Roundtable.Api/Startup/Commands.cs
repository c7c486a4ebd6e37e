using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Roundtable.Api.Doctor;
using Roundtable.Api.OpenApi;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Api.Startup;

/// <summary>Runs what the program was asked to do.</summary>
internal static class Commands
{
    public static async Task<int> RunAsync(CommandLine commandLine, WebApplication app)
    {
        switch (commandLine.Command)
        {
            case "migrate" when commandLine.Options.ContainsKey("--script"):
                await InScopeAsync<SchemaMigrator>(app, schema => Console.Out.WriteAsync(schema.Script()));
                return 0;
            case "migrate":
                await InScopeAsync<SchemaMigrator>(app, schema => schema.MigrateAsync(CancellationToken.None));
                return 0;
            case "create-admin":
                return await CreateAdminAsync(commandLine.Options["--email"], commandLine.Options.GetValueOrDefault("--name"), app);
            case "backup":
                return await BackUpAsync(commandLine.Options["--to"], commandLine.Options.ContainsKey("--force"), app);
            case DoctorCommand.Name:
                return await DoctorCommand.RunAsync(app, app.Services.GetRequiredService<IOptions<AppOptions>>().Value);
            case "openapi":
                await PrintDocumentAsync(app);
                return 0;
            default:
                await ServeAsync(app);
                return 0;
        }
    }

    private static async Task ServeAsync(WebApplication app)
    {
        // The host would do it too, but after migrating, and with a stack trace.
        app.Services.GetService<IStartupValidator>()?.Validate();
        await MigrateOnStartAsync(app);
        // Made on first use otherwise, and its warning about a missing licence would stand in the middle of somebody's request.
        app.Services.GetRequiredService<AutoMapper.IConfigurationProvider>();
        // Likewise: the templates that were just checked, not what stands there at the first mail.
        app.Services.GetRequiredService<MailRenderer>();
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            throw new ConfigurationException("Urls", $"cannot be listened at: {e.Message.TrimEnd('.')}", e);
        }

        await app.WaitForShutdownAsync();
        await app.DisposeAsync();
    }

    private static async Task PrintDocumentAsync(WebApplication app)
    {
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(await app.Services.GetRequiredService<ApiDocumentJson>().GetAsync());
    }

    private static async Task MigrateOnStartAsync(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.ShouldMigrateOnStart && !app.Services.GetRequiredService<ISchema>().IsCurrent())
        {
            await InScopeAsync<SchemaMigrator>(app, schema => schema.MigrateAsync(CancellationToken.None));
        }
    }

    private static async Task<int> CreateAdminAsync(string address, string? name, WebApplication app)
    {
        if (!EmailAddress.TryParse(address, out var email))
        {
            throw new UsageException("--email is not an e-mail address.");
        }

        if (name is not null && ProfileRules.Name(name) is { } problem)
        {
            throw new UsageException($"--name: {problem}");
        }

        await MigrateOnStartAsync(app);
        var failed = false;
        await InScopeAsync<AdminBootstrap>(
            app,
            async admins =>
            {
                var link = await admins.CreateAsync(email, name, CancellationToken.None);
                failed = link.Failed;
                await (failed ? Console.Error : Console.Out).WriteLineAsync(failed ? link.Error!.Message : link.Value);
            });
        return failed ? 1 : 0;
    }

    private static async Task<int> BackUpAsync(string file, bool overwrite, WebApplication app)
    {
        var exitCode = 0;
        await InScopeAsync<DatabaseBackup>(
            app,
            async backup =>
            {
                if (!backup.IsSupported)
                {
                    await Console.Error.WriteLineAsync("backup copies SQLite files; for SQL Server use its own BACKUP DATABASE, or your provider's backups.");
                    exitCode = 2;
                    return;
                }

                try
                {
                    var bytes = await backup.RunAsync(file, overwrite, CancellationToken.None);
                    await Console.Out.WriteLineAsync($"{file}: {bytes} bytes, checked. The keys in {backup.KeyFolder} are no part of it: keep a copy of them too, elsewhere.");
                }
                catch (IOException e)
                {
                    await Console.Error.WriteLineAsync($"No backup was made: {StartFailure.OneLine(e.Message)}");
                    exitCode = 1;
                }
            });
        return exitCode;
    }

    private static async Task InScopeAsync<T>(WebApplication app, Func<T, Task> work)
        where T : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }
}
