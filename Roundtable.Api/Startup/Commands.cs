using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Roundtable.Api.Logging;
using Roundtable.Api.OpenApi;
using Roundtable.Api.Operations;
using Roundtable.Application.Administration;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Application.ServiceAccounts;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Api.Startup;

/// <summary>Runs a command, or serves requests.</summary>
/// <param name="output">Receives the result of a command.</param>
/// <param name="errors">Receives the reason if a command did nothing.</param>
internal sealed class Commands(WebApplication app, TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan WarningPatience = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CommandLine commandLine)
    {
        switch (commandLine.Command)
        {
            case "migrate" when commandLine.Options.ContainsKey("--script"):
                await InScopeAsync<SchemaMigrator>(schema => output.WriteAsync(schema.Script()));
                return 0;
            case "migrate":
                await InScopeAsync<SchemaMigrator>(schema => schema.MigrateAsync(CancellationToken.None));
                return 0;
            case "create-admin":
                return await CreateAdminAsync(commandLine.Options["--email"], commandLine.Options.GetValueOrDefault("--name"));
            case "create-service-account":
                return await CreateServiceAccountAsync(commandLine.Options);
            case BackupCommand.Name:
                return await BackupCommand.RunAsync(
                    app.Services,
                    commandLine.Options["--to"],
                    commandLine.Options.ContainsKey("--force"),
                    output,
                    errors
                );
            case "demo":
                return await FillAsync();
            case DoctorCommand.Name:
                return await DoctorCommand.RunAsync(app, output);
            case "openapi":
                await PrintDocumentAsync();
                return 0;
            default:
                await ServeAsync();
                return 0;
        }
    }

    private async Task ServeAsync()
    {
        // The host would also validate, but after migrating, and with a stack trace.
        app.Services.GetService<IStartupValidator>()?.Validate();
        await MigrateOnStartAsync();
        // Otherwise created on first use, and its warning about a missing licence would be logged during a user's request.
        app.Services.GetRequiredService<AutoMapper.IConfigurationProvider>();
        // Likewise: loads the templates that were just checked, not the files as of the first mail.
        app.Services.GetRequiredService<MailRenderer>();
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            throw new ConfigurationException("Urls", $"cannot be listened at: {e.Message.TrimEnd('.')}", e);
        }

        await WarnOfIsolationAsync();
        await app.WaitForShutdownAsync();
    }

    private async Task PrintDocumentAsync()
    {
        // Writes bytes, independent of the console's encoding.
        await using var bytes = Console.OpenStandardOutput();
        await bytes.WriteAsync(await app.Services.GetRequiredService<ApiDocumentJson>().GetAsync());
    }

    private async Task MigrateOnStartAsync()
    {
        if (
            app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.ShouldMigrateOnStart
            && !app.Services.GetRequiredService<ISchema>().IsCurrent()
        )
        {
            await InScopeAsync<SchemaMigrator>(schema => schema.MigrateAsync(CancellationToken.None));
        }
    }

    private Task WarnOfIsolationAsync() =>
        InScopeAsync<DatabaseInspection>(async database =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
            limit.CancelAfter(WarningPatience);
            try
            {
                if (!await database.ReadsSnapshotsAsync(limit.Token))
                {
                    ApiLog.StartupWarning(app.Services.GetRequiredService<ILogger<Program>>(), IsolationCheck.Advice);
                }
            }
            catch (Exception)
            {
                // The readiness check reports an unavailable database.
            }
        });

    private async Task<int> CreateAdminAsync(string address, string? name)
    {
        if (!EmailAddress.TryParse(address, out var email))
        {
            throw new UsageException("--email is not an e-mail address.");
        }

        if (name is not null && ProfileRules.Name(name) is { } problem)
        {
            throw new UsageException($"--name: {problem.Message}");
        }

        await MigrateOnStartAsync();
        var failed = false;
        await InScopeAsync<AdminBootstrap>(async admins =>
        {
            var link = await admins.CreateAsync(email, name, CancellationToken.None);
            failed = link.Failed;
            await (failed ? errors : output).WriteLineAsync(failed ? link.Error!.Message : link.Value);
        });
        return failed ? 1 : 0;
    }

    private async Task<int> CreateServiceAccountAsync(IReadOnlyDictionary<string, string> options)
    {
        int? days = null;
        if (options.TryGetValue("--expires-in-days", out var text))
        {
            days = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new UsageException("--expires-in-days is not a number.");
        }

        var (roles, scopes) = (Split(options["--role"]), Split(options["--scopes"]));
        if (roles.Length == 0 || scopes.Length == 0)
        {
            throw new UsageException("--role and --scopes need at least one name.");
        }

        await MigrateOnStartAsync();
        var exitCode = 0;
        await InScopeAsync<ServiceAccountBootstrap>(async accounts =>
        {
            var wanted = new ServiceAccountRequestData(options["--name"], null, options["--contact-email"], roles);
            var created = await accounts.CreateAsync(wanted, scopes, days, CancellationToken.None);
            exitCode =
                !created.Failed ? 0
                : created.Error!.Kind == ErrorKind.Validation ? 2
                : 1;
            await (created.Failed ? errors : output).WriteLineAsync(created.Failed ? created.Error!.Message : created.Value.Secret);
        });
        return exitCode;
    }

    private async Task<int> FillAsync()
    {
        if (!app.Environment.IsDevelopment())
        {
            await errors.WriteLineAsync("demo fills the database of a development environment only (ASPNETCORE_ENVIRONMENT=Development).");
            return 1;
        }

        await MigrateOnStartAsync();
        int? created = null;
        await InScopeAsync<DemoData>(async demo => created = await demo.RunAsync(CancellationToken.None));
        await (created is null ? errors : output).WriteLineAsync(
            created is null
                ? "The database has users, so nothing was added. Use another one: --ConnectionStrings:Roundtable=\"Data Source=demo.db\"."
                : $"{created} users with their sessions, mails and audit entries of the last 90 days were added."
        );
        return created is null ? 1 : 0;
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task InScopeAsync<T>(Func<T, Task> work)
        where T : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }
}
