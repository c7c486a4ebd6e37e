using Microsoft.Data.SqlClient;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

internal static class SqlServerConnectionStrings
{
    private const int ConnectTimeoutSeconds = 3;
    private const int CommandTimeoutSeconds = 5;
    private const string ApplicationName = "Roundtable";

    /// <summary>Why the database cannot be used as the connection string says; null when it can.</summary>
    public static string? Refusal(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString) switch
        {
            { ApplicationIntent: ApplicationIntent.ReadOnly } => "says Application Intent=ReadOnly: this program writes to its database",
            { MultipleActiveResultSets: true } => "says MultipleActiveResultSets=True, which this program does not work with",
            _ => null,
        };

    /// <summary>
    /// The connection string as requests use it: unless it says otherwise, whoever waits for an answer hears within ten seconds that the
    /// database is away.
    /// </summary>
    /// <param name="commandTimeout">Goes before what the connection string says.</param>
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

        // Whose connections these are, to who looks at the server.
        if (!builder.ShouldSerialize("Application Name"))
        {
            builder.ApplicationName = ApplicationName;
        }

        return builder.ConnectionString;
    }
}
