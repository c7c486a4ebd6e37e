using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Roundtable.Infrastructure.Sqlite.Diagnostics;
using SQLitePCL;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>
/// A connection whose commands stay prepared by their text: EF Core makes a new command for each statement, and parsing and planning that
/// costs SQLite several times what running it does. For one caller at a time.
/// </summary>
internal sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    // More than there are different statements in the program; what has more values than usual gets new texts.
    private const int MaxCommands = 256;

    private const int BusyTimeoutMilliseconds = 5000;

    private readonly Dictionary<string, PreparedCommand> prepared = new(StringComparer.Ordinal);

    private readonly Dictionary<string, PreparedStatement> statements = new(StringComparer.Ordinal);
    private int? dataVersion;

    /// <summary>Opens a connection that stays open.</summary>
    /// <param name="connectionString">Without the provider's pool.</param>
    /// <param name="pragma">What is set on it.</param>
    public static PreparedConnection Open(string connectionString, string pragma)
    {
        var connection = new PreparedConnection(connectionString);
        try
        {
            connection.Open();

            // SQLite's own handler backs off in steps of milliseconds; the provider's retry loop sleeps 150 ms at a time.
            _ = raw.sqlite3_busy_timeout(connection.Handle!, BusyTimeoutMilliseconds);
            SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle!, pragma), connection.Handle!);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether SQLite had to open the file for reading only, as it does by itself on a disk that takes no writes: the disk may be writable the next time.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(Handle!, "main") == 1;

    /// <summary>Whether a transaction runs: on some errors SQLite ends it by itself.</summary>
    public bool IsInTransaction => State == System.Data.ConnectionState.Open && raw.sqlite3_get_autocommit(Handle!) == 0;

    /// <summary>Runs a statement past the provider, which stays prepared as well; says how many rows it changed.</summary>
    /// <param name="values">What <c>?1</c>, <c>?2</c> and so on stand for.</param>
    public int Execute(string sql, params IReadOnlyList<object?> values) => Run(sql, values, 0, static (statement, values, _) => statement.Execute(values));

    /// <summary>Runs a statement like <see cref="Execute"/>; all its rows, each as <paramref name="read"/> takes it.</summary>
    public List<T> Query<T, TContext>(string sql, IReadOnlyList<object?> values, TContext context, Func<PreparedStatement, TContext, T> read) => Run(
        sql,
        values,
        (context, read),
        static (statement, values, of) =>
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

    /// <summary>Whether another connection has changed the database since this was last asked; within a transaction only.</summary>
    public bool HasOthersChanges()
    {
        var version = Statement("PRAGMA data_version");
        version.Step();
        var (before, now) = (dataVersion, version.Number(0));
        version.Reset();
        dataVersion = now;
        return before is { } known && known != now;
    }

    private T Run<T, TContext>(string sql, IReadOnlyList<object?> values, TContext context, Func<PreparedStatement, IReadOnlyList<object?>, TContext, T> run)
    {
        StatementDiagnostics.Tell(DataSource, sql, values);
        var started = StatementDiagnostics.HearsTimes ? Stopwatch.GetTimestamp() : 0;
        var result = run(Statement(sql), values, context);
        if (started != 0)
        {
            StatementDiagnostics.TellTime(sql, Stopwatch.GetElapsedTime(started));
        }

        return result;
    }

    private PreparedStatement Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            if (statements.Count == MaxCommands)
            {
                Forget();
            }

            statements[sql] = statement = new PreparedStatement(Handle!, sql);
        }

        return statement;
    }

    public override SqliteCommand CreateCommand() => new Command(this) { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };

    public override void Close()
    {
        Forget();
        base.Close();
    }

    private PreparedCommand Prepared(string text)
    {
        if (!prepared.TryGetValue(text, out var command))
        {
            if (prepared.Count == MaxCommands)
            {
                Forget();
            }

            prepared[text] = command = new PreparedCommand { Connection = this, CommandText = text };
        }

        return command;
    }

    private void Forget()
    {
        // One whose rows are still being read goes on.
        foreach (var (text, command) in prepared.Where(p => !p.Value.IsRunning).ToList())
        {
            command.Dispose();
            prepared.Remove(text);
        }

        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
    }

    /// <summary>What callers see; everything it is asked to do ends in a reader.</summary>
    private sealed class Command(PreparedConnection connection) : SqliteCommand
    {
        public override SqliteDataReader ExecuteReader(System.Data.CommandBehavior behavior)
        {
            var command = connection.Prepared(CommandText);
            if (command.IsRunning)
            {
                // The same statement within its own result.
                return base.ExecuteReader(behavior);
            }

            command.Transaction = Transaction;
            command.CommandTimeout = CommandTimeout;
            command.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters)
            {
                command.Parameters.Add(parameter);
            }

            return command.ExecuteReader(behavior);
        }
    }

    private sealed class PreparedCommand : SqliteCommand
    {
        public bool IsRunning => DataReader is not null;
    }
}
