using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>A SQL statement with the values of its parameters, which are named <c>@u1</c>, <c>@u2</c> and so on.</summary>
internal sealed partial record SqlStatement(string Text, IReadOnlyList<SqlValue> Values)
{
    public static string Parameter(int number) => $"@u{number}";

    /// <summary>Joins statements into one command; a database runs them in order.</summary>
    public static SqlStatement Join(IReadOnlyList<SqlStatement> statements)
    {
        if (statements is [var only])
        {
            return only;
        }

        var values = new List<SqlValue>();
        var texts = new List<string>();
        foreach (var statement in statements)
        {
            var before = values.Count;
            texts.Add(
                ParameterName()
                    .Replace(statement.Text, match => Parameter(before + int.Parse(match.ValueSpan[2..], CultureInfo.InvariantCulture)))
            );
            values.AddRange(statement.Values);
        }

        return new SqlStatement(string.Join(";\n", texts), values);
    }

    [GeneratedRegex("@u[0-9]+")]
    private static partial Regex ParameterName();
}

/// <summary>A parameter's value, with the type of the columns that it is compared with.</summary>
internal readonly record struct SqlValue(object? Value, DbType Type)
{
    /// <summary>A value with ASCII only: an id, a hash, a role's name.</summary>
    public static SqlValue Key(string value) => new(value, DbType.AnsiString);

    public static SqlValue Text(string value) => new(value, DbType.String);

    public static SqlValue Number(int value) => new(value, DbType.Int32);

    public static SqlValue Time(DateTime valueUtc) => new(valueUtc, DbType.DateTime2);
}
