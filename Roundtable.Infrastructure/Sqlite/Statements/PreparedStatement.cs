using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>A prepared statement on the caller's own connection. Columns count from 0, parameters from 1.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private const int MaxParameterBytes = 256;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly nint row;

    // Maps parameter numbers to positions; null if they are equal.
    private readonly int[]? places;
    private string[]? columns;
    private int next;

    public PreparedStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        row = statement.DangerousGetHandle();
        try
        {
            places = Places();
        }
        catch
        {
            statement.Dispose();
            throw;
        }
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
                Span<byte> utf8 = stackalloc byte[TimeText.Format.Length];
                time.TryFormat(utf8, out var length, TimeText.Format, CultureInfo.InvariantCulture);
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
            Bind(places is null ? i + 1 : places[i], values[i]);
        }
    }

    /// <summary>Binds all parameters, runs the statement without reading rows, and returns how many rows it changed.</summary>
    /// <param name="values">Text, numbers, Booleans, times, bytes, or null.</param>
    public int Execute(IReadOnlyList<object?> values)
    {
        try
        {
            Bind(values);
            if (Step())
            {
                Reset();
            }

            return raw.sqlite3_changes(database);
        }
        finally
        {
            ClearBindings();
        }
    }

    /// <summary>Removes hashes and addresses from memory before the next use.</summary>
    public void ClearBindings() => raw.sqlite3_clear_bindings(statement);

    /// <summary>Moves to the next row; false after the last one, when the statement is ready to run again.</summary>
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

    /// <summary>All rows, each mapped by <paramref name="read"/>.</summary>
    public List<T> ToList<T, TContext>(TContext context, Func<PreparedStatement, TContext, T> read)
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

    /// <summary>Releases the snapshot that the statement reads.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    /// <summary>The ordinal of a column.</summary>
    public int Column(string name)
    {
        columns ??=
        [
            .. Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(i => raw.sqlite3_column_name(statement, i).utf8_to_string()),
        ];

        // A mapper reads the columns roughly in order: mostly it needs the one after the last one.
        for (var i = 0; i < columns.Length; i++, next++)
        {
            if (next >= columns.Length)
            {
                next = 0;
            }

            if (columns[next] == name)
            {
                return next++;
            }
        }

        throw new ArgumentException($"The statement has no column {name}.", nameof(name));
    }

    public string Text(int column) => Encoding.UTF8.GetString(NativeColumns.Utf8(row, column));

    public string? TextOrNull(int column) => NativeColumns.IsNull(row, column) ? null : Text(column);

    public int Number(int column) => NativeColumns.Number(row, column);

    public long LongNumber(int column) => NativeColumns.LongNumber(row, column);

    public bool Flag(int column) => Number(column) != 0;

    public DateTime Time(int column) => TimeText.Parse(NativeColumns.Utf8(row, column));

    public DateTime? TimeOrNull(int column) => NativeColumns.IsNull(row, column) ? null : Time(column);

    public void Dispose() => statement.Dispose();

    // SQLite numbers named parameters in order of appearance: @u2 may come before @u1.
    private int[]? Places()
    {
        var places = new int[raw.sqlite3_bind_parameter_count(statement)];
        for (var place = 1; place <= places.Length; place++)
        {
            var name = raw.sqlite3_bind_parameter_name(statement, place).utf8_to_string();
            places[int.Parse(name.AsSpan().TrimStart("?@u"), CultureInfo.InvariantCulture) - 1] = place;
        }

        return places.Where((place, i) => place != i + 1).Any() ? places : null;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, database);
}
