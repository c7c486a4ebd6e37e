using DotNet.Testcontainers.Builders;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.SqlServer;
using Roundtable.Tests.Support;
using Testcontainers.MsSql;

namespace Roundtable.Tests.Persistence;

/// <summary>The databases for the persistence tests: always SQLite, and SQL Server if available.</summary>
internal static class Databases
{
    /// <summary>A connection string, or <c>container</c> for a SQL Server container that ends with the run.</summary>
    public const string Variable = "ROUNDTABLE_TEST_SQLSERVER";

    /// <summary>The category of tests that .ci/run also runs on a server.</summary>
    public const string OnServer = "SqlServer";

    private const string Image = "mcr.microsoft.com/mssql/server:2022-latest";

    // SQL Server's error number, and the stand-in's for errors that it does not number.
    private static readonly int[] InUse = [3702, 33557097];

    private static readonly Lock Creating = new();

    private static readonly Lazy<(string? ConnectionString, string? Missing)> Found = new(Find);

    public static IEnumerable<TestFixtureData> All()
    {
        yield return new TestFixtureData(DatabaseProvider.Sqlite).SetArgDisplayNames("Sqlite");
        var server = new TestFixtureData(DatabaseProvider.SqlServer).SetArgDisplayNames("SqlServer");
        yield return Missing is { } reason ? (TestFixtureData)server.Ignore(reason) : server;
    }

    /// <summary>Why tests cannot run on SQL Server; null if they can.</summary>
    public static string? Missing => Found.Value.Missing;

    /// <summary>The database for tests that work on either: SQL Server if available.</summary>
    public static DatabaseProvider Default => Missing is null ? DatabaseProvider.SqlServer : DatabaseProvider.Sqlite;

    /// <summary>Starts the application on a fresh database.</summary>
    public static TestApp Start(DatabaseProvider provider, params (string Key, string? Value)[] settings)
    {
        return TestApp.Start([.. settings, .. SettingsOf(provider).Select(s => (s.Key, (string?)s.Value))]);
    }

    /// <summary>
    /// Returns the settings for an application with its own database: for SQLite only the provider, as the file is in the application's
    /// folder.
    /// </summary>
    public static (string Key, string Value)[] SettingsOf(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return [("Database:Provider", "Sqlite")];
        }

        var connection = new SqlConnectionStringBuilder(Found.Value.ConnectionString) { InitialCatalog = $"roundtable_{Guid.NewGuid():N}" };
        Create(connection);
        return
        [
            ("Database:Provider", "SqlServer"),
            ("Database:MigrateOnStart", "true"),
            ("ConnectionStrings:Roundtable", connection.ConnectionString),
        ];
    }

    /// <summary>Drops the database that <see cref="SettingsOf"/> created, if it outlives the folder.</summary>
    public static async Task DropAsync(IEnumerable<(string Key, string Value)> settings)
    {
        if (settings.FirstOrDefault(s => s.Key == "ConnectionStrings:Roundtable").Value is { } connection)
        {
            await using var db = new SqlServerRoundtableDbContext(
                new DbContextOptionsBuilder<SqlServerRoundtableDbContext>().UseSqlServer(connection).Options
            );
            try
            {
                await db.Database.EnsureDeletedAsync();
            }
            catch (SqlException e) when (InUse.Contains(e.Number))
            {
                // Another application's pool still holds a connection: the server's end removes the database.
            }
        }
    }

    // One at a time, with EF Core's statements: the stand-in cannot create two at once.
    private static void Create(SqlConnectionStringBuilder database)
    {
        lock (Creating)
        {
            using var server = new SqlConnection(
                new SqlConnectionStringBuilder(database.ConnectionString) { InitialCatalog = "master" }.ConnectionString
            );
            server.Open();
            foreach (
                var statement in (string[])
                    [
                        $"CREATE DATABASE [{database.InitialCatalog}]",
                        $"ALTER DATABASE [{database.InitialCatalog}] SET READ_COMMITTED_SNAPSHOT ON",
                    ]
            )
            {
                using var command = server.CreateCommand();
                command.CommandText = statement;
                command.ExecuteNonQuery();
            }
        }
    }

    private static (string? ConnectionString, string? Missing) Find() =>
        Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" => (
                null,
                $"{Variable} is not set: it holds a connection string of a SQL Server, or 'container' where there is a container engine"
            ),
            "container" => StartContainer(),
            var connectionString => (connectionString, null),
        };

    // The container's own reaper removes it when this process ends.
    private static (string? ConnectionString, string? Missing) StartContainer()
    {
        try
        {
            var container = new MsSqlBuilder(Image).Build();
            container.StartAsync().GetAwaiter().GetResult();
            return (container.GetConnectionString(), null);
        }
        catch (DockerUnavailableException e)
        {
            return (null, $"{Variable} asks for a container, and no container engine answers: {e.Message.Split('\n')[0]}");
        }
    }
}
