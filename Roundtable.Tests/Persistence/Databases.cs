using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.SqlServer;
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

    /// <summary>What tests run on that do not care: SQL Server where one is given.</summary>
    public static DatabaseProvider Default => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } ? DatabaseProvider.SqlServer : DatabaseProvider.Sqlite;

    /// <summary>Starts the application on a fresh database.</summary>
    public static TestApp Start(DatabaseProvider provider, params (string Key, string? Value)[] settings)
    {
        return TestApp.Start([.. settings, .. SettingsOf(provider).Select(s => (s.Key, (string?)s.Value))]);
    }

    /// <summary>What makes an application work on a database of its own: nothing for SQLite, whose file lies in the application's folder.</summary>
    public static (string Key, string Value)[] SettingsOf(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return [("Database:Provider", "Sqlite")];
        }

        var connection = new SqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Variable)) { InitialCatalog = $"roundtable_{Guid.NewGuid():N}" };
        return [("Database:Provider", "SqlServer"), ("Database:MigrateOnStart", "true"), ("ConnectionStrings:Roundtable", connection.ConnectionString)];
    }

    /// <summary>Takes away the database that <see cref="SettingsOf"/> named, if that outlives the folder.</summary>
    public static async Task DropAsync(IEnumerable<(string Key, string Value)> settings)
    {
        if (settings.FirstOrDefault(s => s.Key == "ConnectionStrings:Roundtable").Value is { } connection)
        {
            await using var db = new SqlServerRoundtableDbContext(new DbContextOptionsBuilder<SqlServerRoundtableDbContext>().UseSqlServer(connection).Options);
            await db.Database.EnsureDeletedAsync();
        }
    }

}
