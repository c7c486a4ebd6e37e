using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Infrastructure.Sqlite;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>
/// Runs the statements that are written by hand, on both databases: by the engine where it is on, else as EF Core runs raw SQL, with its
/// log, interceptors and repetitions.
/// </summary>
/// <param name="engine">Null on SQL Server, and where it is switched off.</param>
/// <param name="db">Asked for only where there is no engine.</param>
internal sealed class StatementRunner(FastSqlite? engine, Func<RoundtableDbContext> db)
{
    /// <summary>All rows, of what is committed.</summary>
    public Task<List<T>> ReadAsync<T>(SqlStatement statement, Func<IRow, T> read, CancellationToken ct) =>
        engine is null
            ? QueryAsync(db(), statement, read, ct)
            : Task.FromResult(engine.Query(statement.Text, Values(statement), read, static (row, read) => read(new PreparedRow(row))));

    /// <summary>The rows of two statements in one trip, of what is committed.</summary>
    /// <param name="second">The text of one that has the first one's parameters.</param>
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

    /// <summary>All rows, as a context's transaction sees them.</summary>
    public static Task<List<T>> ReadAsync<T>(RoundtableDbContext db, SqlStatement statement, Func<IRow, T> read, CancellationToken ct) =>
        FastSqlite.StatementsOf(db) is { } statements
            ? Task.FromResult(statements.Query(statement.Text, Values(statement), read, static (row, read) => read(new PreparedRow(row))))
            : QueryAsync(db, statement, read, ct);

    private static Task<int> ExecuteAsync(RoundtableDbContext db, SqlStatement statement, CancellationToken ct) =>
        FastSqlite.StatementsOf(db) is { } statements
            ? Task.FromResult(statements.Execute(statement.Text, Values(statement)))
            : db.Database.ExecuteSqlRawAsync(statement.Text, Parameters(db, statement), ct);

    /// <summary>
    /// The rows of the last one of several statements of a context's transaction; in one trip where that is over a network.
    /// </summary>
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

    /// <summary>Runs statements of a context's transaction; in one trip where that is over a network.</summary>
    public static async Task ExecuteAsync(RoundtableDbContext db, IReadOnlyList<SqlStatement> statements, CancellationToken ct)
    {
        foreach (var statement in SqlDialect.Of(db).IsRemote && statements.Count > 0 ? [SqlStatement.Join(statements)] : statements)
        {
            await ExecuteAsync(db, statement, ct);
        }
    }

    /// <summary>An entity that the context tracks from then on; null where there is none.</summary>
    /// <param name="property">Whose value, which no two entities share, tells which one.</param>
    /// <param name="navigations">Entities that are loaded with it.</param>
    /// <param name="query">The same as a query.</param>
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

    /// <summary>Inserts entities with the next save at the latest, which then may not be looked at any more.</summary>
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

        // Databases hand times back without a kind; everything here is UTC.
        public DateTime Time(string column) => DateTime.SpecifyKind(row.GetDateTime(row.GetOrdinal(column)), DateTimeKind.Utc);

        public DateTime? TimeOrNull(string column) => row.IsDBNull(row.GetOrdinal(column)) ? null : Time(column);
    }
}
