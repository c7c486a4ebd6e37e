using Microsoft.Data.SqlClient;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

internal static class SqlServerConnectionStrings
{
    private const int ConnectTimeoutSeconds = 3;
    private const int CommandTimeoutSeconds = 5;
    private const string ApplicationName = "Roundtable";

    /// <summary>Why the connection string cannot be used; null if it can.</summary>
    public static string? Refusal(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString) switch
        {
            { ApplicationIntent: ApplicationIntent.ReadOnly } => "says Application Intent=ReadOnly: this program writes to its database",
            { MultipleActiveResultSets: true } => "says MultipleActiveResultSets=True, which this program does not support",
            _ => null,
        };

    /// <summary>
    /// The connection string for requests: unless it sets other values, a caller learns within ten seconds that the database is
    /// unavailable.
    /// </summary>
    /// <param name="commandTimeout">Overrides the connection string.</param>
    public static string ForRequests(string connectionString, TimeSpan? commandTimeout)
    {
        var builder = new SqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Connect Timeout"))
        {
            builder.ConnectTimeout = ConnectTimeoutSeconds;
        }

        if (commandTimeout is { } timeout)
        {
            builder.CommandTimeout = (int)Math.Ceiling(Math.Max(0, timeout.TotalSeconds));
        }
        else if (!builder.ShouldSerialize("Command Timeout"))
        {
            builder.CommandTimeout = CommandTimeoutSeconds;
        }

        // Identifies these connections on the server.
        if (!builder.ShouldSerialize("Application Name"))
        {
            builder.ApplicationName = ApplicationName;
        }

        return builder.ConnectionString;
    }
}
