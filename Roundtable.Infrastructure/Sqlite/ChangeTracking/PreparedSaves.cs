using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Sqlite.ChangeTracking;

/// <summary>
/// Writes a context's changes through prepared statements, one for each row. EF Core still decides what to write; sorting the changes
/// into batches, generating their SQL and creating commands on each save cost more than SQLite's own work. Changes that are not plain are
/// left to EF Core.
/// </summary>
internal sealed class PreparedSaves(DatabaseDependencies dependencies, RelationalDatabaseDependencies relationalDependencies)
    : RelationalDatabase(dependencies, relationalDependencies)
{
    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<IEntityType, TableStatements>> Tables = [];

    public override Task<int> SaveChangesAsync(IList<IUpdateEntry> entries, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (
            RelationalDependencies.Connection.DbConnection is not PreparedConnection { IsInTransaction: true } connection
            || Plan(entries) is not { } rows
        )
        {
            return base.SaveChangesAsync(entries, cancellationToken);
        }

        foreach (var row in rows)
        {
            Write(connection, row);
        }

        return Task.FromResult(rows.Length);
    }

    /// <summary>
    /// Orders the writes so that no key is missing or taken: first deletes, dependents before principals; then, in the reverse order,
    /// updates and inserts. Null if that order depends on values.
    /// </summary>
    private static Row[]? Plan(IList<IUpdateEntry> entries)
    {
        var rows = new Row[entries.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var entry = entries[i];
            var table = TableOf(entry.EntityType);
            if (!table.IsPlain || entry.SharedIdentityEntry is not null)
            {
                return null;
            }

            rows[i] = new Row(table, entry, entry.EntityState == EntityState.Modified ? table.Changed(entry) : 0);
        }

        return Array.Exists(rows, r =>
            r.MovesKey && Array.Exists(rows, other => other.Entry != r.Entry && (other.Table == r.Table || other.Order < 0))
        )
            ? null
            : [.. rows.OrderBy(r => r.Order)];
    }

    public static TableStatements TableOf(IEntityType type) =>
        Tables.GetOrCreateValue(type.Model).GetOrAdd(type, static t => new TableStatements(t));

    private static void Write(PreparedConnection connection, Row row)
    {
        if (row.Sql is { } sql && Execute(connection, sql, row) != 1)
        {
            throw new DbUpdateConcurrencyException("The row was changed or deleted since it was read.", [row.Entry]);
        }
    }

    private static int Execute(PreparedConnection connection, string sql, Row row)
    {
        try
        {
            return connection.Statements.Execute(sql, row.Values());
        }
        catch (SqliteException e)
        {
            throw new DbUpdateException("The row could not be written.", e, [row.Entry]);
        }
    }

    /// <param name="Changed">The columns to update, one bit each.</param>
    private readonly record struct Row(TableStatements Table, IUpdateEntry Entry, ulong Changed)
    {
        public int Order =>
            Entry.EntityState == EntityState.Deleted
                ? -Table.Level - 1
                : (2 * Table.Level) + (Entry.EntityState == EntityState.Added ? 1 : 0);

        /// <summary>Null if there is nothing to write.</summary>
        public string? Sql =>
            Entry.EntityState switch
            {
                EntityState.Added => Table.InsertSql,
                EntityState.Deleted => Table.DeleteSql,
                _ => Changed == 0 ? null : Table.UpdateSql(Changed),
            };

        public bool MovesKey => Table.IsKeyAmong(Changed);

        public List<object?> Values()
        {
            var values = new List<object?>(Table.Properties.Length + Table.Where.Count);
            if (Entry.EntityState != EntityState.Deleted)
            {
                for (var i = 0; i < Table.Properties.Length; i++)
                {
                    if (Entry.EntityState == EntityState.Added || (Changed & (1UL << i)) != 0)
                    {
                        values.Add(Entry.GetCurrentProviderValue(Table.Properties[i]));
                    }
                }
            }

            if (Entry.EntityState != EntityState.Added)
            {
                foreach (var property in Table.Where)
                {
                    values.Add(Entry.GetOriginalProviderValue(property));
                }
            }

            return values;
        }
    }
}
