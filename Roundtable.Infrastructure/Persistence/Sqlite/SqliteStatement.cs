using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>A prepared statement on a connection of its own caller. Columns count from 0, parameters from 1.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int MaxParameterBytes = 256;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly nint row;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        row = statement.DangerousGetHandle();
    }

    public void Bind(int parameter, int value) => Check(raw.sqlite3_bind_int(statement, parameter, value));

    private void Bind(int parameter, object? value)
    {
        switch (value)
        {
            case null:
                Check(raw.sqlite3_bind_null(statement, parameter));
                break;
            case string text:
                Bind(parameter, text);
                break;
            case bool flag:
                Bind(parameter, flag ? 1 : 0);
                break;
            case int number:
                Bind(parameter, number);
                break;
            case long number:
                Check(raw.sqlite3_bind_int64(statement, parameter, number));
                break;
            case DateTime time:
                Span<byte> utf8 = stackalloc byte[SqliteTime.Format.Length];
                time.TryFormat(utf8, out var length, SqliteTime.Format, CultureInfo.InvariantCulture);
                Check(raw.sqlite3_bind_text(statement, parameter, utf8[..length]));
                break;
            case byte[] bytes:
                Check(raw.sqlite3_bind_blob(statement, parameter, bytes));
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} cannot be bound.", nameof(value));
        }
    }

    public void Bind(int parameter, string value)
    {
        Span<byte> utf8 = stackalloc byte[MaxParameterBytes];
        var bytes = Encoding.UTF8.TryGetBytes(value, utf8, out var length) ? utf8[..length] : Encoding.UTF8.GetBytes(value);
        Check(raw.sqlite3_bind_text(statement, parameter, bytes));
    }

    public void Bind(IReadOnlyList<object?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            Bind(i + 1, values[i]);
        }
    }

    /// <summary>Binds all parameters, runs a statement whose rows nobody wants, and says how many it changed.</summary>
    /// <param name="values">Text, numbers, truth values, times, bytes, or null.</param>
    public int Execute(IReadOnlyList<object?> values)
    {
        Bind(values);
        if (Step())
        {
            Reset();
        }

        ClearBindings();
        return raw.sqlite3_changes(database);
    }

    /// <summary>Hashes and addresses need not lie in memory until the next use.</summary>
    public void ClearBindings() => raw.sqlite3_clear_bindings(statement);

    /// <summary>Whether there is a row; after the last one the statement is ready to run again.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }

        return false;
    }

    /// <summary>All rows, each as <paramref name="read"/> takes it.</summary>
    public List<T> ToList<T, TContext>(TContext context, Func<SqliteStatement, TContext, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
            {
                rows.Add(read(this, context));
            }
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>Lets go of the snapshot that the statement reads.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    public string Text(int column) => Encoding.UTF8.GetString(SqliteColumns.Utf8(row, column));

    public string? TextOrNull(int column) => SqliteColumns.IsNull(row, column) ? null : Text(column);

    public int Number(int column) => SqliteColumns.Number(row, column);

    public bool Flag(int column) => Number(column) != 0;

    public DateTime Time(int column) => SqliteTime.Parse(SqliteColumns.Utf8(row, column));

    public DateTime? TimeOrNull(int column) => SqliteColumns.IsNull(row, column) ? null : Time(column);

    public void Dispose() => statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, database);
}
