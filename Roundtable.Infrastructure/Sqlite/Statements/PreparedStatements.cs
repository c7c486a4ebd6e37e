using System.Diagnostics;
using Roundtable.Infrastructure.Sqlite.Diagnostics;
using SQLitePCL;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>The statements of one connection, which stay prepared by their text. For one caller at a time.</summary>
/// <param name="path">Names the database to who listens.</param>
internal sealed class PreparedStatements(sqlite3 database, string path) : IDisposable
{
    // More than there are different statements in the program; what has more values than usual gets new texts.
    private const int MaxStatements = 256;

    private readonly Dictionary<string, PreparedStatement> statements = new(StringComparer.Ordinal);

    /// <summary>Runs a statement; says how many rows it changed.</summary>
    /// <param name="values">What <c>?1</c>, <c>?2</c> and so on stand for.</param>
    public int Execute(string sql, params IReadOnlyList<object?> values) =>
        Run(sql, values, 0, static (statement, values, _) => statement.Execute(values));

    /// <summary>Runs a statement like <see cref="Execute"/>; all its rows, each as <paramref name="read"/> takes it.</summary>
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

    /// <summary>Lets go of all of them; those that are asked for later are prepared anew.</summary>
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
        StatementDiagnostics.Tell(path, sql, values);
        var started = StatementDiagnostics.HearsTimes ? Stopwatch.GetTimestamp() : 0;
        var result = run(Get(sql), values, context);
        if (started != 0)
        {
            StatementDiagnostics.TellTime(sql, Stopwatch.GetElapsedTime(started));
        }

        return result;
    }
}
