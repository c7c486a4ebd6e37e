using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Update;

namespace Roundtable.Infrastructure.Sqlite.ChangeTracking;

/// <summary>The SQL that writes the entities of a type: one statement for each set of columns.</summary>
internal sealed class TableStatements
{
    // One bit for each column.
    private const int MaxColumns = 64;

    private static readonly Type[] Bindable = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(DateTime), typeof(byte[])];

    private readonly string name;
    private readonly IReadOnlyList<string> columns;
    private readonly IProperty[] where;
    private readonly ulong keys;
    private readonly ConcurrentDictionary<ulong, string> updates = [];

    public TableStatements(IEntityType type)
    {
        Properties = [.. type.GetProperties()];
        where = [.. Properties.Where(p => p.IsPrimaryKey() || p.IsConcurrencyToken)];
        name = Quoted(type.GetTableName()!);
        var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
        columns = [.. Properties.Select(p => Quoted(p.GetColumnName(table)!))];
        keys = Properties
            .Select((p, i) => p.IsForeignKey() || p.GetContainingIndexes().Any(x => x.IsUnique) ? 1UL << i : 0)
            .Aggregate(0UL, (all, bit) => all | bit);
        Level = LevelOf(type);
        IsPlain =
            type.GetTableMappings().Count() == 1
            && type.FindDiscriminatorProperty() is null
            && !type.IsOwned()
            && !type.GetComplexProperties().Any()
            && Properties.Length <= MaxColumns
            && Properties.All(p =>
                p.ValueGenerated == ValueGenerated.Never
                && (p.IsPrimaryKey() || p.GetAfterSaveBehavior() == PropertySaveBehavior.Save)
                && Bindable.Contains(Provided(p))
                && !(p.IsConcurrencyToken && p.IsNullable)
            );
        InsertSql =
            $"INSERT INTO {name} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", Properties.Select((_, i) => $"?{i + 1}"))})";
        DeleteSql = $"DELETE FROM {name} WHERE {Condition(0)}";
    }

    /// <summary>Whether each entity is one row of one table and the application supplies all its values.</summary>
    public bool IsPlain { get; }

    /// <summary>Greater than the levels of all tables that its foreign keys reference.</summary>
    public int Level { get; }

    public IProperty[] Properties { get; }

    /// <summary>The columns that identify the row as it was read: its key and its concurrency tokens.</summary>
    public IReadOnlyList<IProperty> Where => where;

    public string InsertSql { get; }

    public string DeleteSql { get; }

    /// <summary>An entity's values as the database stores them, in the order of <see cref="Properties"/>.</summary>
    public object?[] ValuesOf(object entity) => Array.ConvertAll(Properties, p =>
        {
            var value = p.GetGetter().GetClrValue(entity);
            return value is not null && p.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
        });

    /// <summary>The columns that an entry changes, one bit each.</summary>
    public ulong Changed(IUpdateEntry entry)
    {
        var changed = 0UL;
        for (var i = 0; i < Properties.Length; i++)
        {
            if (entry.IsModified(Properties[i]))
            {
                changed |= 1UL << i;
            }
        }

        return changed;
    }

    /// <summary>Whether the changed columns include a unique column or a foreign key.</summary>
    public bool IsKeyAmong(ulong changed) => (changed & keys) != 0;

    public string UpdateSql(ulong changed) =>
        updates.GetOrAdd(
            changed,
            static (changed, table) =>
            {
                var set = table.columns.Where((_, i) => (changed & (1UL << i)) != 0).Select((column, i) => $"{column} = ?{i + 1}").ToList();
                return $"UPDATE {table.name} SET {string.Join(", ", set)} WHERE {table.Condition(set.Count)}";
            },
            this
        );

    private string Condition(int before) =>
        string.Join(" AND ", where.Select((p, i) => $"{columns[Array.IndexOf(Properties, p)]} = ?{before + i + 1}"));

    private static Type Provided(IProperty property)
    {
        var type = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static int LevelOf(IEntityType type) =>
        type.GetForeignKeys()
            .Where(f => f.PrincipalEntityType != type)
            .Select(f => LevelOf(f.PrincipalEntityType) + 1)
            .DefaultIfEmpty(0)
            .Max();

    private static string Quoted(string identifier) => $"\"{identifier}\"";
}
