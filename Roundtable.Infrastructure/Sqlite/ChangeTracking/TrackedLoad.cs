using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Sqlite.ChangeTracking;

/// <summary>
/// Loads an entity and its related entities through prepared statements, and tracks them in the context as a query with Include would:
/// that query takes several times as long, and all writers wait meanwhile.
/// </summary>
internal sealed class TrackedLoad
{
    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<(Type, string, IReadOnlyList<string>), TrackedLoad>> Known =
    [];

    private readonly string sql;
    private readonly IProperty key;
    private readonly List<EntityReader> single = [];
    private readonly List<(string Sql, EntityReader Reader)> many = [];

    /// <param name="property">The unique property whose value selects the entity.</param>
    /// <param name="navigations">Navigations to entities whose foreign key is the loaded entity's single-property primary key.</param>
    private TrackedLoad(IEntityType type, string property, IReadOnlyList<string> navigations)
    {
        key = type.FindPrimaryKey()!.Properties[0];
        var (columns, joins, count) = (new List<string>(), "", 0);
        Add(type, "e");
        foreach (var navigation in navigations.Select(n => type.FindNavigation(n)!))
        {
            var target = navigation.TargetEntityType;
            var owner = $"\"{navigation.ForeignKey.Properties[0].GetColumnName()}\"";
            if (navigation.IsCollection)
            {
                var reader = new EntityReader(target, "m", 0);
                many.Add(($"SELECT {reader.Columns} FROM \"{target.GetTableName()}\" m WHERE m.{owner} = ?1", reader));
            }
            else
            {
                var alias = $"s{single.Count}";
                joins += $" JOIN \"{target.GetTableName()}\" {alias} ON {alias}.{owner} = e.\"{key.GetColumnName()}\"";
                Add(target, alias);
            }
        }

        sql =
            $"SELECT {string.Join(", ", columns)} FROM \"{type.GetTableName()}\" e{joins} WHERE "
            + $"e.\"{type.FindProperty(property)!.GetColumnName()}\" = ?1";

        void Add(IEntityType of, string alias)
        {
            var reader = new EntityReader(of, alias, count);
            single.Add(reader);
            columns.Add(reader.Columns);
            count += reader.Count;
        }
    }

    /// <param name="navigations">Pass the same list instance each time: the SQL is generated once for each list.</param>
    public static TrackedLoad Of<TEntity>(IModel model, string property, IReadOnlyList<string> navigations) =>
        Known
            .GetOrCreateValue(model)
            .GetOrAdd(
                (typeof(TEntity), property, navigations),
                static (of, model) => new TrackedLoad(model.FindEntityType(of.Item1)!, of.Item2, of.Item3),
                model
            );

    /// <summary>Null if there is no such entity.</summary>
    public object? Run(DbContext db, PreparedStatements statements, object value)
    {
        if (statements.Query(sql, [value], single, static (row, readers) => readers.ConvertAll(r => r.Read(row))) is not [var found])
        {
            return null;
        }

        // The context fixes up the navigations. Not Attach, which would traverse each entity's graph.
        found.ForEach(entity => db.Entry(entity).State = EntityState.Unchanged);
        foreach (var (statement, reader) in many)
        {
            statements
                .Query(statement, [key.GetGetter().GetClrValue(found[0])], reader, static (row, reader) => reader.Read(row))
                .ForEach(entity => db.Entry(entity).State = EntityState.Unchanged);
        }

        return found[0];
    }
}
