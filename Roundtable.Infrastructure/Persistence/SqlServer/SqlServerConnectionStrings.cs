using Microsoft.Data.SqlClient;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

internal static class SqlServerConnectionStrings
{
    private const int ConnectTimeoutSeconds = 3;
    private const int CommandTimeoutSeconds = 5;

    /// <summary>Why the database cannot be used as the connection string says; null when it can.</summary>
    public static string? Refusal(string connectionString) => new SqlConnectionStringBuilder(connectionString) switch
    {
        { ApplicationIntent: ApplicationIntent.ReadOnly } => "says Application Intent=ReadOnly: this program writes to its database",
        { MultipleActiveResultSets: true } => "says MultipleActiveResultSets=True, which this program does not work with",
        _ => null,
    };

    /// <summary>The connection string as requests use it: unless it says otherwise, whoever waits for an answer hears within ten seconds that the database is away.</summary>
    public static string ForRequests(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Connect Timeout"))
        {
            builder.ConnectTimeout = ConnectTimeoutSeconds;
        }

        if (!builder.ShouldSerialize("Command Timeout"))
        {
            builder.CommandTimeout = CommandTimeoutSeconds;
        }

        return builder.ConnectionString;
    }
}
