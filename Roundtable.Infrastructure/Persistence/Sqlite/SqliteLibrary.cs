using SQLitePCL;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>How SQLite's library runs in this process.</summary>
internal static class SqliteLibrary
{
    private const int MultiThread = 2;
    private const int MemoryStatistics = 9;

    /// <summary>
    /// Takes out what SQLite locks for nobody: each connection here has one user at a time, and nobody asks how much memory it has. Without effect once
    /// the library is in use, as when a process opens a second database.
    /// </summary>
    public static void Configure()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(MultiThread);
        _ = raw.sqlite3_config(MemoryStatistics, 0);
    }
}
