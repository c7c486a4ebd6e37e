using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Cleanup;
using Roundtable.Infrastructure.DataProtection;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Identity;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.SqlServer;

namespace Roundtable.Infrastructure;

public static class DependencyInjection
{
    /// <summary>Database, key storage and mail. Throws <see cref="ConfigurationException"/> for settings that it cannot be built from.</summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var database = configuration.GetSection(DatabaseOptions.SectionName).Get<DatabaseOptions>() ?? new DatabaseOptions();
        var connectionString = ConnectionString(configuration, database.Provider, environment);
        var keys = configuration.GetSection(KeyStorageOptions.SectionName).Get<KeyStorageOptions>() ?? new KeyStorageOptions();

        services.AddHostedService<CleanupWorker>();
        return services
            .AddRoundtableEmail(configuration)
            .AddIdentity()
            .AddPersistence(database, connectionString)
            .AddKeyStorage(keys, database.Provider, connectionString);
    }

    private static string ConnectionString(IConfiguration configuration, DatabaseProvider provider, IHostEnvironment environment)
    {
        const string key = $"ConnectionStrings:{DatabaseOptions.ConnectionName}";
        var value = configuration.GetConnectionString(DatabaseOptions.ConnectionName);
        try
        {
            if (provider == DatabaseProvider.Sqlite)
            {
                return SqliteConnectionStrings.ForRequests(string.IsNullOrWhiteSpace(value) ? SqliteConnectionStrings.Default : value, environment.ContentRootPath);
            }

            return string.IsNullOrWhiteSpace(value)
                ? throw new ConfigurationException(key, "is required when Database:Provider is SqlServer")
                : SqlServerConnectionStrings.ForRequests(value);
        }
        catch (ArgumentException e)
        {
            throw new ConfigurationException(key, $"is not a connection string of {provider} that names a database", e);
        }
    }
}
