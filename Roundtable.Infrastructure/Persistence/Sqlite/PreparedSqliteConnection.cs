using Microsoft.Data.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A connection whose commands stay prepared by their text: EF Core makes a new command for each statement, and parsing and planning that
/// costs SQLite several times what running it does. For one caller at a time.
/// </summary>
internal sealed class PreparedSqliteConnection(string connectionString) : SqliteConnection(connectionString)
{
    // More than there are different statements in the program; what has more values than usual gets new texts.
    private const int MaxCommands = 256;

    private readonly Dictionary<string, PreparedCommand> prepared = new(StringComparer.Ordinal);

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
        foreach (var command in prepared.Values.Where(c => !c.IsRunning))
        {
            command.Dispose();
        }

        prepared.Clear();
    }

    /// <summary>What callers see; everything it is asked to do ends in a reader.</summary>
    private sealed class Command(PreparedSqliteConnection connection) : SqliteCommand
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
