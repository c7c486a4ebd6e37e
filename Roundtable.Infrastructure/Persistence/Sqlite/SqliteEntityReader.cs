using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>Makes entities of rows, by EF Core's model: each property's column, converted as EF Core does. For plain properties that are texts, times, truth values or an <see cref="int"/>.</summary>
internal sealed class SqliteEntityReader<TEntity>
{
    private readonly Func<SqliteStatement, TEntity> read;

    /// <param name="alias">What the table is called in the statement.</param>
    /// <param name="first">The first of the entity's columns in the statement.</param>
    public SqliteEntityReader(IModel model, string alias, int first)
    {
        var type = model.FindEntityType(typeof(TEntity))!;
        var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
        var properties = type.GetProperties().ToList();
        Columns = string.Join(", ", properties.Select(p => $"{alias}.\"{p.GetColumnName(table)}\""));
        Count = properties.Count;

        var row = Expression.Parameter(typeof(SqliteStatement));
        var bindings = properties.Select((p, i) => (MemberBinding)Expression.Bind(p.PropertyInfo!, Value(p, row, first + i)));
        var make = Expression.New(typeof(TEntity).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [])!);
        read = Expression.Lambda<Func<SqliteStatement, TEntity>>(Expression.MemberInit(make, bindings), row).Compile();
    }

    public string Columns { get; }

    public int Count { get; }

    public TEntity Read(SqliteStatement row) => read(row);

    private static Expression Value(IProperty property, Expression row, int column)
    {
        // The statement's times are UTC already.
        var converter = property.ClrType == typeof(DateTime) || property.ClrType == typeof(DateTime?) ? null : property.GetTypeMapping().Converter;
        var reader = (converter?.ProviderClrType ?? property.ClrType, property.IsNullable) switch
        {
            (var t, false) when t == typeof(string) => nameof(SqliteStatement.Text),
            (var t, true) when t == typeof(string) && converter is null => nameof(SqliteStatement.TextOrNull),
            (var t, false) when t == typeof(DateTime) => nameof(SqliteStatement.Time),
            (var t, true) when t == typeof(DateTime?) => nameof(SqliteStatement.TimeOrNull),
            (var t, false) when t == typeof(bool) => nameof(SqliteStatement.Flag),
            (var t, false) when t == typeof(int) => nameof(SqliteStatement.Number),
            _ => throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} is of a kind that is not read here."),
        };
        var value = Expression.Call(row, typeof(SqliteStatement).GetMethod(reader, [typeof(int)])!, Expression.Constant(column));
        return converter is null ? value : Expression.Invoke(converter.ConvertFromProviderExpression, value);
    }
}
