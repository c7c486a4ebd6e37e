using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.ApiKeys;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.DataProtection;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Events;
using Roundtable.Infrastructure.Identity;
using Roundtable.Infrastructure.Operations;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.SqlServer;
using Roundtable.Infrastructure.Webhooks;

namespace Roundtable.Infrastructure;

public static class DependencyInjection
{
    /// <summary>Registers database, key storage and mail. Throws <see cref="ConfigurationException"/> for unusable settings.</summary>
    public static IServiceCollection AddInfrastructure(
        this IServiceCollection services,
        DatabaseOptions database,
        KeyStorageOptions keys,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        var problems = new List<ConfigurationProblem>();
        var connectionString = ConnectionString(configuration, database, environment, problems);
        var certificates = KeyCertificates.Load(keys, problems);
        if (database.Provider == DatabaseProvider.Sqlite && SqliteLibrary.Check(SqliteLibrary.Version) is { } fault)
        {
            problems.Add(fault);
        }

        if (problems.Count > 0)
        {
            throw new ConfigurationException(problems);
        }

        services.AddHostedService<CleanupWorker>();
        services.AddHostedService<ApiKeyExpiryWorker>();
        services.AddWorker<ApiKeyUseWorker>();
        services.TryAddSingleton<IApiKeyUses>(s => s.GetRequiredService<ApiKeyUseWorker>());
        services.AddHostedService<StateGauges>();
        services.AddHostedService<StatementTimes>();
        return services
            .AddRoundtableEmail(configuration)
            .AddEvents()
            .AddWebhooks()
            .AddIdentity()
            .AddPersistence(database, connectionString)
            .AddKeyStorage(certificates, database.Provider, connectionString);
    }

    private static string ConnectionString(
        IConfiguration configuration,
        DatabaseOptions database,
        IHostEnvironment environment,
        List<ConfigurationProblem> problems
    )
    {
        const string key = $"ConnectionStrings:{DatabaseOptions.ConnectionName}";
        var value = configuration.GetConnectionString(DatabaseOptions.ConnectionName);
        try
        {
            var sqlite = database.Provider != DatabaseProvider.SqlServer;
            if (string.IsNullOrWhiteSpace(value) && !sqlite)
            {
                problems.Add(new ConfigurationProblem(key, "is required when Database:Provider is SqlServer"));
                return "";
            }

            value = string.IsNullOrWhiteSpace(value) ? SqliteConnectionStrings.Default : value;
            if (
                (sqlite ? SqliteConnectionStrings.Refusal(value, environment.ContentRootPath) : SqlServerConnectionStrings.Refusal(value))
                is not { } refusal
            )
            {
                return sqlite
                    ? SqliteConnectionStrings.ForRequests(value, environment.ContentRootPath)
                    : SqlServerConnectionStrings.ForRequests(value, database.CommandTimeout);
            }

            problems.Add(new ConfigurationProblem(key, refusal));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            problems.Add(new ConfigurationProblem(key, $"is not a connection string of {database.Provider} that names a database"));
        }

        return "";
    }
}
