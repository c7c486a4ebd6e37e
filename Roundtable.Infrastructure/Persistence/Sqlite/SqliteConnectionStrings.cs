using Microsoft.Data.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

internal static class SqliteConnectionStrings
{
    public const string Default = "Data Source=App_Data/roundtable.db";

    private const int BusyTimeoutSeconds = 5;

    /// <summary>
    /// The connection string as requests use it: a full path, so that it does not depend on the working directory, and never
    /// making the file, so that one that went missing is noticed.
    /// </summary>
    public static string ForRequests(string connectionString, string contentRoot)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (builder.DataSource is "" or ":memory:" || builder.Mode == SqliteOpenMode.Memory)
        {
            throw new ArgumentException("Data Source must name a file.");
        }

        builder.DataSource = Path.GetFullPath(builder.DataSource, contentRoot);
        builder.Mode = SqliteOpenMode.ReadWrite;
        builder.ForeignKeys = null;
        builder.DefaultTimeout = BusyTimeoutSeconds;
        return builder.ConnectionString;
    }

    /// <summary>Where the data-protection keys lie: beside the database.</summary>
    public static string KeyFolder(string connectionString) => Path.Combine(DirectoryOf(connectionString), "keys");

    public static string DirectoryOf(string connectionString) => Path.GetDirectoryName(new SqliteConnectionStringBuilder(connectionString).DataSource)!;
}
