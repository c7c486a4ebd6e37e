using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Sqlite.ChangeTracking;

/// <summary>
/// Materializes entities from rows by EF Core's model: reads each property's column and converts it as EF Core does. Supports plain
/// properties of type text, time, Boolean or <see cref="int"/>.
/// </summary>
internal sealed class EntityReader
{
    private readonly Func<PreparedStatement, object> read;

    /// <param name="alias">The table's alias in the statement.</param>
    /// <param name="first">The ordinal of the entity's first column in the statement.</param>
    public EntityReader(IEntityType type, string alias, int first)
    {
        var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
        var properties = type.GetProperties().ToList();
        Columns = string.Join(", ", properties.Select(p => $"{alias}.\"{p.GetColumnName(table)}\""));
        Count = properties.Count;

        var row = Expression.Parameter(typeof(PreparedStatement));
        var bindings = properties.Select((p, i) => (MemberBinding)Expression.Bind(p.PropertyInfo!, Value(p, row, first + i)));
        var make = Expression.New(type.ClrType.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [])!);
        read = Expression.Lambda<Func<PreparedStatement, object>>(Expression.MemberInit(make, bindings), row).Compile();
    }

    public string Columns { get; }

    public int Count { get; }

    public object Read(PreparedStatement row) => read(row);

    private static Expression Value(IProperty property, Expression row, int column)
    {
        // The statement returns times in UTC.
        var converter =
            property.ClrType == typeof(DateTime) || property.ClrType == typeof(DateTime?) ? null : property.GetTypeMapping().Converter;
        var reader = (converter?.ProviderClrType ?? property.ClrType, property.IsNullable) switch
        {
            (var t, false) when t == typeof(string) => nameof(PreparedStatement.Text),
            (var t, true) when t == typeof(string) && converter is null => nameof(PreparedStatement.TextOrNull),
            (var t, false) when t == typeof(DateTime) => nameof(PreparedStatement.Time),
            (var t, true) when t == typeof(DateTime?) => nameof(PreparedStatement.TimeOrNull),
            (var t, false) when t == typeof(bool) => nameof(PreparedStatement.Flag),
            (var t, false) when t == typeof(int) => nameof(PreparedStatement.Number),
            (var t, false) when t == typeof(long) => nameof(PreparedStatement.LongNumber),
            _ => throw new NotSupportedException(
                $"{property.DeclaringType.DisplayName()}.{property.Name} is of a kind that is not read here."
            ),
        };
        var value = Expression.Call(row, typeof(PreparedStatement).GetMethod(reader, [typeof(int)])!, Expression.Constant(column));
        return converter is null ? value : Expression.Invoke(converter.ConvertFromProviderExpression, value);
    }
}
