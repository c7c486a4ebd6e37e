using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Infrastructure.Sqlite;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>
/// Runs hand-written SQL on both databases: through the SQLite engine if it is on, otherwise as EF Core runs raw SQL, with its logging,
/// interceptors and retries.
/// </summary>
/// <param name="engine">Null on SQL Server, and if the engine is off.</param>
/// <param name="db">Called only if there is no engine.</param>
internal sealed class StatementRunner(FastSqlite? engine, Func<RoundtableDbContext> db)
{
    /// <summary>Reads all rows of committed data.</summary>
    public Task<List<T>> ReadAsync<T>(SqlStatement statement, Func<IRow, T> read, CancellationToken ct) =>
        engine is null
            ? QueryAsync(db(), statement, read, ct)
            : Task.FromResult(engine.Query(statement.Text, Values(statement), read, static (row, read) => read(new PreparedRow(row))));

    /// <summary>Reads the rows of two statements in one round trip, from committed data.</summary>
    /// <param name="second">The SQL of a statement with the first one's parameters.</param>
    public Task<(List<T1> First, List<T2> Second)> ReadAsync<T1, T2>(
        SqlStatement first,
        Func<IRow, T1> readFirst,
        string second,
        Func<IRow, T2> readSecond,
        CancellationToken ct
    ) =>
        QueryAsync(
            db(),
            first with
            {
                Text = $"{first.Text};\n{second}",
            },
            async (reader, ct) =>
            {
                var rows = await RowsAsync(reader, readFirst, ct);
                await reader.NextResultAsync(ct);
                return (rows, await RowsAsync(reader, readSecond, ct));
            },
            ct
        );

    /// <summary>Reads all rows, as a context's transaction sees them.</summary>
    public static Task<List<T>> ReadAsync<T>(RoundtableDbContext db, SqlStatement statement, Func<IRow, T> read, CancellationToken ct) =>
        FastSqlite.StatementsOf(db) is { } statements
            ? Task.FromResult(statements.Query(statement.Text, Values(statement), read, static (row, read) => read(new PreparedRow(row))))
            : QueryAsync(db, statement, read, ct);

    private static Task<int> ExecuteAsync(RoundtableDbContext db, SqlStatement statement, CancellationToken ct) =>
        FastSqlite.StatementsOf(db) is { } statements
            ? Task.FromResult(statements.Execute(statement.Text, Values(statement)))
            : db.Database.ExecuteSqlRawAsync(statement.Text, Parameters(db, statement), ct);

    /// <summary>Runs statements in a context's transaction and returns the last one's rows; over a network in one round trip.</summary>
    public static async Task<List<T>> ReadLastAsync<T>(
        RoundtableDbContext db,
        IReadOnlyList<SqlStatement> statements,
        Func<IRow, T> read,
        CancellationToken ct
    )
    {
        if (SqlDialect.Of(db).IsRemote)
        {
            return await ReadAsync(db, SqlStatement.Join(statements), read, ct);
        }

        await ExecuteAsync(db, [.. statements.SkipLast(1)], ct);
        return await ReadAsync(db, statements[^1], read, ct);
    }

    /// <summary>Runs statements in a context's transaction; over a network in one round trip.</summary>
    public static async Task ExecuteAsync(RoundtableDbContext db, IReadOnlyList<SqlStatement> statements, CancellationToken ct)
    {
        foreach (var statement in SqlDialect.Of(db).IsRemote && statements.Count > 0 ? [SqlStatement.Join(statements)] : statements)
        {
            await ExecuteAsync(db, statement, ct);
        }
    }

    /// <summary>Loads an entity, which the context then tracks; null if there is none.</summary>
    /// <param name="property">The unique property whose value selects the entity.</param>
    /// <param name="navigations">The related entities to load with it.</param>
    /// <param name="query">The equivalent query.</param>
    public static Task<TEntity?> LoadAsync<TEntity>(
        RoundtableDbContext db,
        string property,
        string value,
        IReadOnlyList<string> navigations,
        Func<RoundtableDbContext, string, CancellationToken, Task<TEntity?>> query,
        CancellationToken ct
    )
        where TEntity : class =>
        !db.ChangeTracker.Tracks<TEntity>() && FastSqlite.TryLoad<TEntity>(db, property, value, navigations, out var found)
            ? Task.FromResult(found)
            : query(db, value, ct);

    /// <summary>Inserts entities with the next save at the latest; the caller must not use them afterwards.</summary>
    public static void Insert<TEntity>(RoundtableDbContext db, IReadOnlyList<TEntity> entities)
        where TEntity : class
    {
        if (!FastSqlite.TryInsert(db, entities))
        {
            db.AddRange(entities);
        }
    }

    public static DbParameter[] Parameters(RoundtableDbContext db, SqlStatement statement) =>
        [.. statement.Values.Select((value, i) => SqlDialect.Of(db).Parameter(SqlStatement.Parameter(i + 1), value))];

    private static object?[] Values(SqlStatement statement)
    {
        var values = new object?[statement.Values.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = statement.Values[i].Value;
        }

        return values;
    }

    private static Task<List<T>> QueryAsync<T>(RoundtableDbContext db, SqlStatement statement, Func<IRow, T> read, CancellationToken ct) =>
        QueryAsync(db, statement, (reader, ct) => RowsAsync(reader, read, ct), ct);

    private static Task<T> QueryAsync<T>(
        RoundtableDbContext db,
        SqlStatement statement,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken ct
    ) => db.Database.CreateExecutionStrategy().ExecuteAsync(ct => QueryOnceAsync(db, statement, read, ct), ct);

    private static async Task<T> QueryOnceAsync<T>(
        RoundtableDbContext db,
        SqlStatement statement,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken ct
    )
    {
        var command = db.GetService<IRawSqlCommandBuilder>().Build(statement.Text, Parameters(db, statement), db.Model);
        await using var result = await command.RelationalCommand.ExecuteReaderAsync(
            new RelationalCommandParameterObject(
                db.GetService<IRelationalConnection>(),
                command.ParameterValues,
                null,
                db,
                db.GetService<IRelationalCommandDiagnosticsLogger>(),
                CommandSource.FromSqlQuery
            ),
            ct
        );
        return await read(result.DbDataReader, ct);
    }

    private static async Task<List<T>> RowsAsync<T>(DbDataReader reader, Func<IRow, T> read, CancellationToken ct)
    {
        var rows = new List<T>();
        var row = new DbRow(reader);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(row));
        }

        return rows;
    }

    private sealed class PreparedRow(PreparedStatement row) : IRow
    {
        public string Text(string column) => row.Text(row.Column(column));

        public string? TextOrNull(string column) => row.TextOrNull(row.Column(column));

        public int Number(string column) => row.Number(row.Column(column));

        public bool Flag(string column) => row.Flag(row.Column(column));

        public DateTime Time(string column) => row.Time(row.Column(column));

        public DateTime? TimeOrNull(string column) => row.TimeOrNull(row.Column(column));
    }

    private sealed class DbRow(DbDataReader row) : IRow
    {
        public string Text(string column) => row.GetString(row.GetOrdinal(column));

        public string? TextOrNull(string column) => row.GetOrdinal(column) is var i && row.IsDBNull(i) ? null : row.GetString(i);

        public int Number(string column) => row.GetInt32(row.GetOrdinal(column));

        public bool Flag(string column) => row.GetBoolean(row.GetOrdinal(column));

        // Databases return times without a kind; all times here are UTC.
        public DateTime Time(string column) => DateTime.SpecifyKind(row.GetDateTime(row.GetOrdinal(column)), DateTimeKind.Utc);

        public DateTime? TimeOrNull(string column) => row.IsDBNull(row.GetOrdinal(column)) ? null : Time(column);
    }
}
