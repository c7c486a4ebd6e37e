using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Infrastructure.Sqlite.ChangeTracking;
using Roundtable.Infrastructure.Sqlite.Statements;
using Roundtable.Infrastructure.Sqlite.Writing;

namespace Roundtable.Infrastructure.Sqlite;

/// <summary>
/// The engine of one SQLite file: prepared statements on a pool of readers, and one writer whose queued transactions share a commit.
/// README.md beside this file says what it replaces and what it relies on.
/// </summary>
internal sealed class FastSqlite : IDisposable
{
    private readonly DatabaseFile file;
    private readonly ReaderPool readers;
    private readonly WriterConnection writer;
    private readonly GroupCommit groups;

    /// <param name="connectionString">Names the file by its full path.</param>
    public FastSqlite(string connectionString)
    {
        ConnectionString = connectionString;
        file = new DatabaseFile(connectionString);
        readers = new ReaderPool(file);
        writer = new WriterConnection(file);
        groups = new GroupCommit(new WriteQueue(), writer);
    }

    public string ConnectionString { get; }

    /// <summary>
    /// How long transactions may join a group: the first one waits for the last. Default: 5 ms, which a disk may take too.
    /// </summary>
    public TimeSpan LongestGroup
    {
        get => groups.Longest;
        set => groups.Longest = value;
    }

    /// <summary>All rows of a statement that only reads, each as <paramref name="read"/> takes it, of what is committed now.</summary>
    /// <param name="values">What <c>?1</c>, <c>?2</c> and so on stand for: text, numbers, truth values, times, bytes, or null.</param>
    public List<T> Query<T, TContext>(
        string sql,
        IReadOnlyList<object?> values,
        TContext context,
        Func<PreparedStatement, TContext, T> read
    ) => readers.Query(sql, values, context, read);

    /// <summary>
    /// Begins a transaction of a context once its turn to write has come. Its commit returns once it is on the disk, and so does its
    /// rollback with all that it read of others.
    /// </summary>
    /// <param name="urgent">Whether it goes before all that is not urgent.</param>
    /// <exception cref="TimeoutException">The turn did not come.</exception>
    public Task<IDbContextTransaction> BeginTransactionAsync(DbContext db, bool urgent, CancellationToken ct) =>
        groups.BeginAsync(db, urgent, ct);

    /// <summary>Runs statements in a context's transaction; null where it has none, or one on a connection of EF Core's.</summary>
    public static PreparedStatements? StatementsOf(DbContext db) =>
        db.Database.GetDbConnection() is PreparedConnection { IsInTransaction: true } connection ? connection.Statements : null;

    /// <summary>
    /// Loads an entity into a context whose transaction runs here, as a tracking query with Include would; see <see cref="TrackedLoad"/>.
    /// </summary>
    /// <remarks>The context must track none of the kind yet: it would stay as it is there.</remarks>
    /// <returns>False where there is no such transaction, and it is left to EF Core.</returns>
    public static bool TryLoad<TEntity>(DbContext db, string property, object value, IReadOnlyList<string> navigations, out TEntity? found)
        where TEntity : class
    {
        found = null;
        if (StatementsOf(db) is not { } statements)
        {
            return false;
        }

        found = (TEntity?)TrackedLoad.Of<TEntity>(db.Model, property, navigations).Run(db, statements, value);
        return true;
    }

    /// <summary>Inserts entities that nobody looks at again past the context, which then need not track them.</summary>
    /// <returns>False where no transaction of the context runs here, or a row is not all there is to an entity: then nothing was
    /// inserted.</returns>
    public static bool TryInsert<TEntity>(DbContext db, IReadOnlyList<TEntity> entities)
        where TEntity : class
    {
        if (
            StatementsOf(db) is not { } statements
            || PreparedSaves.TableOf(db.Model.FindEntityType(typeof(TEntity))!) is not { IsPlain: true } table
        )
        {
            return false;
        }

        foreach (var entity in entities)
        {
            statements.Execute(table.InsertSql, table.ValuesOf(entity));
        }

        return true;
    }

    /// <summary>Closes idle connections: they may stand on a file that was taken away, or that could be opened for reading only.</summary>
    public void Forget() => file.Forget();

    public void Dispose()
    {
        readers.Dispose();
        writer.Dispose();
    }
}
