using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>The databases that the persistence suite runs on: SQLite always, SQL Server where a connection string is given.</summary>
internal static class Databases
{
    public const string Variable = "ROUNDTABLE_TEST_SQLSERVER";

    public static IEnumerable<TestFixtureData> All()
    {
        yield return new TestFixtureData(DatabaseProvider.Sqlite).SetArgDisplayNames("Sqlite");
        var server = new TestFixtureData(DatabaseProvider.SqlServer).SetArgDisplayNames("SqlServer");
        yield return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }
            ? server
            : (TestFixtureData)server.Ignore($"{Variable} holds no connection string of a SQL Server");
    }

    /// <summary>Starts the application on a fresh database.</summary>
    public static TestApp Start(DatabaseProvider provider, params (string Key, string? Value)[] settings)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return TestApp.Start(settings);
        }

        var connection = new SqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Variable)) { InitialCatalog = $"roundtable_{Guid.NewGuid():N}" };
        return TestApp.Start(
            [.. settings, ("Database:Provider", "SqlServer"), ("Database:MigrateOnStart", "true"), ("ConnectionStrings:Roundtable", connection.ConnectionString)]);
    }

    /// <summary>Takes away what would outlive the application's folder.</summary>
    public static async Task DropAsync(TestApp app, DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.SqlServer)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RoundtableDbContext>().Database.EnsureDeletedAsync();
        }
    }
}
