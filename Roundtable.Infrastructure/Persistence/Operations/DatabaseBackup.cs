using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>Copies the database, where that is this program's business.</summary>
public sealed class DatabaseBackup(RoundtableDbContext db, IDatabaseErrors errors)
{
    /// <summary>Whether the database can be copied from here; SQL Server has means of its own.</summary>
    public bool IsSupported => db.Database.IsSqlite();

    /// <summary>The folder of the data-protection keys, which is no part of the copy.</summary>
    public string KeyFolder => SqliteConnectionStrings.KeyFolder(ConnectionString);

    private string ConnectionString => db.Database.GetConnectionString()!;

    /// <summary>Makes the copy, while others go on writing; how many bytes it has.</summary>
    /// <exception cref="IOException">It could not be made; the message says why. What stood in its place still does.</exception>
    public async Task<long> RunAsync(string file, bool overwrite, CancellationToken ct)
    {
        var (source, target) = (new SqliteConnectionStringBuilder(ConnectionString).DataSource, Path.GetFullPath(file));
        if (source == target || $"{source}-wal" == target || $"{source}-shm" == target)
        {
            throw new IOException($"{target} is the database itself.");
        }

        if (Directory.Exists(target))
        {
            throw new IOException($"{target} is a folder: name a file.");
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
