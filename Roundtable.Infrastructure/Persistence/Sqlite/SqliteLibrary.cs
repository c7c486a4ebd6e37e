using Microsoft.Data.Sqlite;
using Roundtable.Application.Common;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>The loaded SQLite library, and whether its version is supported.</summary>
public static class SqliteLibrary
{
    /// <summary>The oldest version without the WAL-reset bug (https://sqlite.org/wal.html, section 11), which can corrupt a file.</summary>
    public static readonly Version Oldest = new(3, 51, 3);

    /// <summary>The version of the loaded library.</summary>
    public static Version Version { get; } = ReadVersion();

    /// <summary>The problem with a version; null if there is none.</summary>
    public static ConfigurationProblem? Check(Version version) =>
        version >= Oldest
            ? null
            : new ConfigurationProblem(
                "Database:Provider",
                $"is Sqlite, and SQLite {version} can corrupt its file when a write meets a checkpoint: install {Oldest} or newer"
            );

    private static Version ReadVersion()
    {
        using var connection = new SqliteConnection();
        return Version.Parse(connection.ServerVersion);
    }
}
