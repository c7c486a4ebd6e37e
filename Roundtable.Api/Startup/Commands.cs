using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Api.Startup;

/// <summary>Runs what the program was asked to do.</summary>
internal static class Commands
{
    private const int UsageError = 2;

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
                return await CreateAdminAsync(commandLine.Options, app);
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

    private static async Task MigrateOnStartAsync(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.ShouldMigrateOnStart)
        {
            await InScopeAsync<SchemaMigrator>(app, schema => schema.MigrateAsync(CancellationToken.None));
        }
    }

    private static async Task<int> CreateAdminAsync(IReadOnlyDictionary<string, string> options, WebApplication app)
    {
        if (!EmailAddress.TryParse(options["--email"], out var email))
        {
            await Console.Error.WriteLineAsync("--email is not an e-mail address.");
            return UsageError;
        }

        await MigrateOnStartAsync(app);
        var failed = false;
        await InScopeAsync<AdminBootstrap>(
            app,
            async admins =>
            {
                var link = await admins.CreateAsync(email, options.GetValueOrDefault("--name"), CancellationToken.None);
                failed = link.Failed;
                await (failed ? Console.Error : Console.Out).WriteLineAsync(failed ? link.Error!.Message : link.Value);
            });
        return failed ? 1 : 0;
    }

    private static async Task InScopeAsync<T>(WebApplication app, Func<T, Task> work)
        where T : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }
}
