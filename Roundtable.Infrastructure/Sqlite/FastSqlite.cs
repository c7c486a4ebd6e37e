using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Infrastructure.Sqlite.ChangeTracking;
using Roundtable.Infrastructure.Sqlite.Statements;
using Roundtable.Infrastructure.Sqlite.Writing;

namespace Roundtable.Infrastructure.Sqlite;

/// <summary>
/// The engine for one SQLite file: prepared statements on a pool of readers, and one writer with a write queue and group commit.
/// README.md in this folder describes what it replaces and its invariants.
/// </summary>
internal sealed class FastSqlite : IDisposable
{
    private readonly DatabaseFile file;
    private readonly ReaderPool readers;
    private readonly WriterConnection writer;
    private readonly GroupCommit groups;

    /// <param name="connectionString">Must contain the file's full path.</param>
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
    /// How long transactions may join a group; the first one waits for the last. Default: 5 ms, which a write to the disk may take too.
    /// </summary>
    public TimeSpan LongestGroup
    {
        get => groups.Longest;
        set => groups.Longest = value;
    }

    /// <summary>Runs a read-only statement on committed data and returns all rows, each mapped by <paramref name="read"/>.</summary>
    /// <param name="values">The values of <c>?1</c>, <c>?2</c> and so on: text, numbers, Booleans, times, bytes, or null.</param>
    public List<T> Query<T, TContext>(
        string sql,
        IReadOnlyList<object?> values,
        TContext context,
        Func<PreparedStatement, TContext, T> read
    ) => readers.Query(sql, values, context, read);

    /// <summary>
    /// Begins a context's transaction once its slot in the write queue comes. Commit returns once the transaction is on the disk;
    /// rollback once everything that it read from others is.
    /// </summary>
    /// <param name="urgent">Whether it goes ahead of all non-urgent transactions.</param>
    /// <exception cref="TimeoutException">The wait timed out.</exception>
    public Task<IDbContextTransaction> BeginTransactionAsync(DbContext db, bool urgent, CancellationToken ct) =>
        groups.BeginAsync(db, urgent, ct);

    /// <summary>The statements of a context's transaction; null if there is none, or if it runs on a connection of EF Core.</summary>
    public static PreparedStatements? StatementsOf(DbContext db) =>
        db.Database.GetDbConnection() is PreparedConnection { IsInTransaction: true } connection ? connection.Statements : null;

    /// <summary>
    /// Loads an entity into a context whose transaction runs on this engine, as a tracking query with Include would; see
    /// <see cref="TrackedLoad"/>.
    /// </summary>
    /// <remarks>The context must track no entity of this type yet: it would keep its current state.</remarks>
    /// <returns>False if there is no such transaction: the caller must then use EF Core.</returns>
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

    /// <summary>Inserts entities that are not used again, bypassing the context, which then need not track them.</summary>
    /// <returns>False, with nothing inserted, if no transaction of the context runs on this engine, or if an entity is not a single plain
    /// row.</returns>
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

    /// <summary>Closes idle connections: their file may have been removed, or may only have been openable read-only.</summary>
    public void Invalidate() => file.Invalidate();

    public void Dispose()
    {
        readers.Dispose();
        writer.Dispose();
    }
}
