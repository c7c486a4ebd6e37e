using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>
/// A connection that caches prepared commands by their SQL: EF Core creates a new command for each statement, and parsing and planning it
/// costs SQLite several times as much as running it. Not thread-safe.
/// </summary>
internal sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    // More than the program has distinct statements; a statement with more values than usual has new SQL.
    private const int MaxCommands = 256;

    private const int BusyTimeoutMilliseconds = 5000;

    private readonly Dictionary<string, PreparedCommand> prepared = new(StringComparer.Ordinal);

    private PreparedStatements? statements;
    private int? dataVersion;

    /// <summary>Opens a connection that stays open.</summary>
    /// <param name="connectionString">Must disable the provider's pool.</param>
    /// <param name="pragma">The pragma to set.</param>
    public static PreparedConnection Open(string connectionString, string pragma)
    {
        var connection = new PreparedConnection(connectionString);
        try
        {
            connection.Open();
            Prepare(connection.Handle!, pragma);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Initializes each connection of the engine.</summary>
    public static void Prepare(sqlite3 database, string pragma)
    {
        // SQLite's own handler backs off in steps of milliseconds; the provider's retry loop sleeps 150 ms at a time.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_busy_timeout(database, BusyTimeoutMilliseconds), database);
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(database, pragma), database);
    }

    /// <summary>
    /// Whether SQLite had to open the file read-only, which it does by itself on a disk that refuses writes; the disk may be writable the
    /// next time.
    /// </summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(Handle!, "main") == 1;

    /// <summary>Whether a transaction is active: on some errors SQLite ends it by itself.</summary>
    public bool IsInTransaction => State == System.Data.ConnectionState.Open && raw.sqlite3_get_autocommit(Handle!) == 0;

    /// <summary>Statements that bypass the provider and also stay prepared.</summary>
    public PreparedStatements Statements => statements ??= new PreparedStatements(Handle!, DataSource);

    /// <summary>Whether another connection has changed the database since the last call. Call it only within a transaction.</summary>
    public bool IsChangedElsewhere()
    {
        var version = Statements.Get("PRAGMA data_version");
        version.Step();
        var (before, now) = (dataVersion, version.Number(0));
        version.Reset();
        dataVersion = now;
        return before is { } known && known != now;
    }

    public override SqliteCommand CreateCommand() =>
        new Command(this)
        {
            Connection = this,
            CommandTimeout = DefaultTimeout,
            Transaction = Transaction,
        };

    public override void Close()
    {
        DisposePrepared();
        statements?.Dispose();
        statements = null;
        base.Close();
    }

    private PreparedCommand Prepared(string text)
    {
        if (!prepared.TryGetValue(text, out var command))
        {
            if (prepared.Count == MaxCommands)
            {
                DisposePrepared();
            }

            prepared[text] = command = new PreparedCommand { Connection = this, CommandText = text };
        }

        return command;
    }

    private void DisposePrepared()
    {
        // Keep a command whose rows are still being read.
        foreach (var (text, command) in prepared.Where(p => !p.Value.IsRunning).ToList())
        {
            command.Dispose();
            prepared.Remove(text);
        }
    }

    /// <summary>The command that callers get; all its methods end in ExecuteReader.</summary>
    private sealed class Command(PreparedConnection connection) : SqliteCommand
    {
        public override SqliteDataReader ExecuteReader(System.Data.CommandBehavior behavior)
        {
            var command = connection.Prepared(CommandText);
            if (command.IsRunning)
            {
                // The statement runs within its own result.
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
