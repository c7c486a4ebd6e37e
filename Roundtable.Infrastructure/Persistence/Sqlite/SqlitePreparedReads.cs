using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Reads through statements that stay prepared on connections that stay open. EF Core prepares each statement anew, which for
/// SQLite costs several times what running it does.
/// </summary>
internal sealed class SqlitePreparedReads(string connectionString, string path) : IPreparedReads, IDisposable
{
    private const int CannotOpen = 14;

    private readonly ConcurrentBag<SqliteReads> idle = [];
    private int generation;

    public (CurrentSession? Session, string? ImpersonatorSessionId) FindSession(string keyHash, DateTime nowUtc) =>
        Run(reads => reads.FindSession(keyHash, nowUtc));

    public UserDto? ReadUser(string id, DateTime nowUtc) => Run(reads => reads.ReadUser(id, nowUtc));

    /// <summary>Lets go of the connections: they may stand on a file that was taken away.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref generation);
        while (idle.TryTake(out var reads))
        {
            reads.Dispose();
        }
    }

    public void Dispose() => Forget();

    private T Run<T>(Func<SqliteReads, T> read)
    {
        // An open connection would go on with a file that was taken away.
        if (!File.Exists(path))
        {
            Forget();
            using var pooled = new SqliteConnection(connectionString);
            SqliteConnection.ClearPool(pooled);
            throw new SqliteException("The database file is missing.", CannotOpen);
        }

        var since = Volatile.Read(ref generation);
        var reads = idle.TryTake(out var known) ? known : SqliteReads.Open(connectionString);
        var keep = false;
        try
        {
            var result = read(reads);
            keep = since == Volatile.Read(ref generation) && !reads.IsReadOnly;
            return result;
        }
        finally
        {
            if (keep)
            {
                idle.Add(reads);
            }
            else
            {
                reads.Dispose();
            }
        }
    }
}
