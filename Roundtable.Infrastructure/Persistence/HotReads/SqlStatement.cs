using System.Data;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>A statement with the values of its parameters, which are called <c>@u1</c>, <c>@u2</c> and so on.</summary>
internal sealed record SqlStatement(string Text, IReadOnlyList<SqlValue> Values)
{
    public static string Parameter(int number) => $"@u{number}";
}

/// <summary>A parameter's value, of the type of the columns that it is compared with.</summary>
internal readonly record struct SqlValue(object? Value, DbType Type)
{
    /// <summary>What holds ASCII alone: an id, a hash, the name of a role.</summary>
    public static SqlValue Key(string value) => new(value, DbType.AnsiString);

    public static SqlValue Text(string value) => new(value, DbType.String);

    public static SqlValue Number(int value) => new(value, DbType.Int32);

    public static SqlValue Time(DateTime valueUtc) => new(valueUtc, DbType.DateTime2);
}
