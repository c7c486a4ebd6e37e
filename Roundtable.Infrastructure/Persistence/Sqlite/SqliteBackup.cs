using Microsoft.Data.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Copies the database while it is in use, with SQLite's backup: one read transaction, so that the copy is a snapshot of one moment and
/// no writer waits for it.
/// </summary>
internal static class SqliteBackup
{
    /// <summary>Writes the copy beside its target, checks it, and moves it there as a whole or not at all.</summary>
    /// <exception cref="IOException">The file already exists, or cannot be written.</exception>
    public static async Task RunAsync(string connectionString, string target, bool overwrite, CancellationToken ct)
    {
        if (!overwrite && File.Exists(target))
        {
            throw new IOException($"{target} exists already; --force overwrites it.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var draft = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            CreatePrivate(draft);
            await Task.Run(() => Copy(connectionString, draft), ct);

            // Left by a program that opened the old copy: SQLite would replay them into the new one.
            File.Delete($"{target}-wal");
            File.Delete($"{target}-shm");
            File.Move(draft, target, overwrite);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static void Copy(string connectionString, string draft)
    {
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = draft, Pooling = false }.ConnectionString);
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);

        // A single self-contained file; the program turns the write-ahead log on again when it opens it.
        Execute(copy, "PRAGMA journal_mode = DELETE");
        if (Execute(copy, "PRAGMA quick_check(1)") is not "ok")
        {
            throw new IOException("The copy is damaged, and so is the database it was made from: run the command doctor.");
        }
    }

    private static string? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }

    // It contains the database's data, and must stay private.
    private static void CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Open(path, options).Dispose();
    }
}
