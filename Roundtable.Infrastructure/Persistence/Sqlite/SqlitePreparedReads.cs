using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Roundtable.Application.Profiles;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Infrastructure.Persistence.Repositories;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Reads through statements that stay prepared on connections that stay open. EF Core prepares each statement anew, which for
/// SQLite costs several times what running it does.
/// </summary>
internal sealed class SqlitePreparedReads(string connectionString, string path, ProfileFields fields, TimeProvider clock) : ICurrentSessions, IUserReader, IDisposable
{
    private const int CannotOpen = 14;

    // A request reads several times, and each look at the file system costs as much as reading a session. A transaction looks each time.
    private const int FileIsTrustedForMilliseconds = 20;

    private readonly ConcurrentBag<SqliteReads> idle = [];
    private int generation;
    private long fileSeenAt;

    public Task<CurrentSession?> FindAsync(string keyHash, DateTime nowUtc, CancellationToken ct) => Task.FromResult(Run(
        (keyHash, nowUtc),
        static (reads, find) =>
        {
            var rows = reads.SessionByKey(find.keyHash, find.nowUtc);
            return rows is [{ ImpersonatorSessionId: { } admins }, ..]
                ? CurrentSessionQuery.Impersonated(rows, reads.SessionById(admins, find.nowUtc))
                : CurrentSessionQuery.Assemble(rows);
        }));

    public Task<UserDto?> ReadAsync(string id, CancellationToken ct) =>
        Task.FromResult(Run((id, fields, now: clock.GetUtcNow().UtcDateTime), static (reads, find) => reads.ReadUser(find.id, find.fields, find.now)));

    public Task<List<UserDto>> ReadPageAsync(SqliteUserPage page, DateTime nowUtc) =>
        Task.FromResult(Run((page, fields, nowUtc), static (reads, find) => reads.ReadPage(find.page, find.fields, find.nowUtc)));

    /// <summary>Up to <paramref name="max"/> users for whom the full-text index, or the list of those whom it does not know yet, answers to an expression.</summary>
    public Task<List<string>> FindCandidatesAsync(string expression, int max) =>
        Task.FromResult(Run((expression, max), static (reads, find) => reads.Candidates(find.expression, find.max)));

    /// <summary>Raised when connections may stand on a file that was taken away.</summary>
    public event Action? Forgotten;

    /// <summary>Lets go of the connections: they may stand on a file that was taken away.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref generation);
        while (idle.TryTake(out var reads))
        {
            reads.Dispose();
        }

        Forgotten?.Invoke();
    }

    public void Dispose() => Forget();

    private TResult Run<TKey, TResult>(TKey key, Func<SqliteReads, TKey, TResult> read)
    {
        EnsureFileLately();
        var since = Volatile.Read(ref generation);
        var reads = idle.TryTake(out var known) ? known : new SqliteReads(path);
        var keep = false;
        try
        {
            var result = read(reads, key);
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

    private void EnsureFileLately()
    {
        var now = Environment.TickCount64;
        if (now - Volatile.Read(ref fileSeenAt) > FileIsTrustedForMilliseconds)
        {
            EnsureFile();
            Volatile.Write(ref fileSeenAt, now);
        }
    }

    /// <summary>Throws where the file is missing: an open connection would go on with one that was taken away.</summary>
    public void EnsureFile()
    {
        if (!File.Exists(path))
        {
            Forget();
            using var pooled = new SqliteConnection(connectionString);
            SqliteConnection.ClearPool(pooled);
            throw new SqliteException("The database file is missing.", CannotOpen);
        }
    }
}
