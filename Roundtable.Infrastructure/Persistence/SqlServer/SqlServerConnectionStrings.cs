using Microsoft.Data.SqlClient;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

internal static class SqlServerConnectionStrings
{
    private const int ConnectTimeoutSeconds = 3;

    /// <summary>The connection string as requests use it: whoever waits for an answer hears within ten seconds that the database is away.</summary>
    public static string ForRequests(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString);
        builder.MultipleActiveResultSets = false;
        builder.ConnectTimeout = Math.Min(builder.ConnectTimeout, ConnectTimeoutSeconds);
        return builder.ConnectionString;
    }
}
