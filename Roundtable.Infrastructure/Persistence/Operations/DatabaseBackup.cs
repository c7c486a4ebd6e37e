using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>Copies the database, if that is this program's responsibility.</summary>
public sealed class DatabaseBackup(RoundtableDbContext db, IDatabaseErrors errors)
{
    /// <summary>Whether this program can copy the database; SQL Server has its own tools.</summary>
    public bool IsSupported => db.Database.IsSqlite();

    /// <summary>The folder of the data-protection keys, which are not part of the copy.</summary>
    public string KeyFolder => SqliteConnectionStrings.KeyFolder(ConnectionString);

    private string ConnectionString => db.Database.GetConnectionString()!;

    /// <summary>Creates the copy during concurrent writes, and returns its size in bytes.</summary>
    /// <exception cref="IOException">The copy failed; the message says why. An existing file at the target is unchanged.</exception>
    public async Task<long> RunAsync(string file, bool overwrite, CancellationToken ct)
    {
        var (source, target) = (new SqliteConnectionStringBuilder(ConnectionString).DataSource, Path.GetFullPath(file));
        if (source == target || $"{source}-wal" == target || $"{source}-shm" == target)
        {
            throw new IOException($"{target} is the database itself.");
        }

        if (Directory.Exists(target))
        {
            throw new IOException($"{target} is a folder: specify a file.");
        }

        if (!File.Exists(source))
        {
            throw new IOException($"There is no database {source}.");
        }

        try
        {
            await SqliteBackup.RunAsync(ConnectionString, target, overwrite, ct);
            return new FileInfo(target).Length;
        }
        catch (Exception e) when (e is UnauthorizedAccessException || errors.IsUnavailable(e))
        {
            throw new IOException(e.Message, e);
        }
    }
}
