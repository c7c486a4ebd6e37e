using Microsoft.Data.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

internal static class SqliteConnectionStrings
{
    public const string Default = "Data Source=App_Data/roundtable.db";

    private const int BusyTimeoutSeconds = 5;

    /// <summary>
    /// Why the database cannot be used as the connection string says; null when it can. What has no effect here is refused, so that nobody
    /// relies on it: locking, time-outs and pragmas are this program's own.
    /// </summary>
    public static string? Refusal(string connectionString, string contentRoot)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        return builder switch
        {
            _ when IsNoFile(builder.DataSource) => "must name a file in Data Source, as a path",
            { Mode: not (SqliteOpenMode.ReadWriteCreate or SqliteOpenMode.ReadWrite) } =>
                $"says Mode={builder.Mode}: this program writes to its database, and that is a file",
            { Mode: SqliteOpenMode.ReadWrite } when !File.Exists(Path.GetFullPath(builder.DataSource, contentRoot)) =>
                "says Mode=ReadWrite, which creates no file, and there is none",
            { Cache: not (SqliteCacheMode.Default or SqliteCacheMode.Private) } =>
                $"says Cache={builder.Cache}, which does not go together with the write-ahead log",
            { Password.Length: > 0 } => "has a Password: this program contains SQLite without encryption",
            { ForeignKeys: false } => "says Foreign Keys=False: the schema relies on them",
            { RecursiveTriggers: true } => "says Recursive Triggers=True, which the schema is not made for",
            { Vfs.Length: > 0 } => "names a Vfs: only SQLite's own is supported",
            _ when builder.DefaultTimeout != BusyTimeoutSeconds && builder.ShouldSerialize("Default Timeout") =>
                $"says Default Timeout: waits end after {BusyTimeoutSeconds} seconds",
            _ => null,
        };
    }

    // Neither in memory nor a URI, whose parameters would say the same in another way.
    private static bool IsNoFile(string source) =>
        source is "" or ":memory:" || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || source.StartsWith('|');

    /// <summary>
    /// The connection string as requests use it: a full path, so that it does not depend on the working directory, and never
    /// making the file, so that one that went missing is noticed.
    /// </summary>
    public static string ForRequests(string connectionString, string contentRoot)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        builder.DataSource = Path.GetFullPath(builder.DataSource, contentRoot);
        builder.Mode = SqliteOpenMode.ReadWrite;
        builder.ForeignKeys = null;
        builder.DefaultTimeout = BusyTimeoutSeconds;
        return builder.ConnectionString;
    }

    /// <summary>Where the data-protection keys lie: beside the database.</summary>
    public static string KeyFolder(string connectionString) => Path.Combine(DirectoryOf(connectionString), "keys");

    public static string DirectoryOf(string connectionString) =>
        Path.GetDirectoryName(new SqliteConnectionStringBuilder(connectionString).DataSource)!;
}
