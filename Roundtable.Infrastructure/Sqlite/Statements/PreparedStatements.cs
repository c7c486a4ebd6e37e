using System.Diagnostics;
using SQLitePCL;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>The prepared statements of one connection, cached by their SQL. Not thread-safe.</summary>
/// <param name="path">The database's name for listeners.</param>
internal sealed class PreparedStatements(sqlite3 database, string path) : IDisposable
{
    // More than the program has distinct statements; a statement with more values than usual has new SQL.
    private const int MaxStatements = 256;

    private readonly Dictionary<string, PreparedStatement> statements = new(StringComparer.Ordinal);

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    /// <param name="values">The values of <c>?1</c>, <c>?2</c> and so on.</param>
    public int Execute(string sql, params IReadOnlyList<object?> values) =>
        Run(sql, values, 0, static (statement, values, _) => statement.Execute(values));

    /// <summary>Runs a statement like <see cref="Execute"/> and returns all its rows, each mapped by <paramref name="read"/>.</summary>
    public List<T> Query<T, TContext>(
        string sql,
        IReadOnlyList<object?> values,
        TContext context,
        Func<PreparedStatement, TContext, T> read
    ) => Run(sql, values, (context, read), static (statement, values, of) =>
        {
            try
            {
                statement.Bind(values);
                return statement.ToList(of.context, of.read);
            }
            finally
            {
                statement.ClearBindings();
            }
        });

    public PreparedStatement Get(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            if (statements.Count == MaxStatements)
            {
                Dispose();
            }

            statements[sql] = statement = new PreparedStatement(database, sql);
        }

        return statement;
    }

    /// <summary>Disposes all statements; later calls prepare them again.</summary>
    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
    }

    private T Run<T, TContext>(
        string sql,
        IReadOnlyList<object?> values,
        TContext context,
        Func<PreparedStatement, IReadOnlyList<object?>, TContext, T> run
    )
    {
        StatementDiagnostics.Write(path, sql, values);
        var started = StatementDiagnostics.HearsTimes ? Stopwatch.GetTimestamp() : 0;
        var result = run(Get(sql), values, context);
        if (started != 0)
        {
            StatementDiagnostics.WriteDuration(sql, Stopwatch.GetElapsedTime(started));
        }

        return result;
    }
}
