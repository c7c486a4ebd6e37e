using Microsoft.Data.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

internal static class SqliteConnectionStrings
{
    public const string Default = "Data Source=App_Data/roundtable.db";

    private const int BusyTimeoutSeconds = 5;

    /// <summary>
    /// Why the connection string cannot be used; null if it can. Settings without effect here are refused, so that no operator relies on
    /// them: this program sets locking, time-outs and pragmas itself.
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
                "says Mode=ReadWrite, which does not create the file, and there is none",
            { Cache: not (SqliteCacheMode.Default or SqliteCacheMode.Private) } =>
                $"says Cache={builder.Cache}, which does not go together with the write-ahead log",
            { Password.Length: > 0 } => "has a Password: this program contains SQLite without encryption",
            { ForeignKeys: false } => "says Foreign Keys=False: the schema relies on them",
            { RecursiveTriggers: true } => "says Recursive Triggers=True, which the schema does not support",
            { Vfs.Length: > 0 } => "names a Vfs: only SQLite's own is supported",
            _ when builder.DefaultTimeout != BusyTimeoutSeconds && builder.ShouldSerialize("Default Timeout") =>
                $"says Default Timeout: waits end after {BusyTimeoutSeconds} seconds",
            _ => null,
        };
    }

    // Neither in memory nor a URI, whose parameters could set the same options in another way.
    private static bool IsNoFile(string source) =>
        source is "" or ":memory:" || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || source.StartsWith('|');

    /// <summary>
    /// The connection string for requests: a full path, so that it does not depend on the working directory, and no file creation, so
    /// that a missing file is detected.
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

    /// <summary>The folder of the data-protection keys, beside the database.</summary>
    public static string KeyFolder(string connectionString) => Path.Combine(DirectoryOf(connectionString), "keys");

    public static string DirectoryOf(string connectionString) =>
        Path.GetDirectoryName(new SqliteConnectionStringBuilder(connectionString).DataSource)!;
}
