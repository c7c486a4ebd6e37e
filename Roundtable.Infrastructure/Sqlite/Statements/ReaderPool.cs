using System.Collections.Concurrent;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>A pool of read-only connections that stay open with their prepared statements. SQLite lets them read during a write.</summary>
internal sealed class ReaderPool : IDisposable
{
    private readonly DatabaseFile file;
    private readonly ConcurrentBag<ReaderConnection> idle = [];
    private int generation;

    public ReaderPool(DatabaseFile file)
    {
        this.file = file;
        file.Invalidated += CloseIdle;
    }

    /// <inheritdoc cref="PreparedStatements.Query"/>
    public List<T> Query<T, TContext>(
        string sql,
        IReadOnlyList<object?> values,
        TContext context,
        Func<PreparedStatement, TContext, T> read
    )
    {
        file.EnsureExistedRecently();
        var since = Volatile.Read(ref generation);
        var connection = idle.TryTake(out var known) ? known : new ReaderConnection(file.Path);
        var keep = false;
        try
        {
            var rows = connection.Statements.Query(sql, values, context, read);
            keep = since == Volatile.Read(ref generation) && !connection.IsReadOnly;
            return rows;
        }
        finally
        {
            if (keep)
            {
                idle.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    public void Dispose()
    {
        file.Invalidated -= CloseIdle;
        CloseIdle();
    }

    private void CloseIdle()
    {
        Interlocked.Increment(ref generation);
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
