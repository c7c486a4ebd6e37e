using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>
/// Compiled queries, for queries that run so often that processing their expression trees each time would cost more than running them. EF
/// Core binds a compiled query to the model of its first run, and a process may have two models: one for each database or test.
/// </summary>
/// <typeparam name="TQueries">A class with a compiled query in each property.</typeparam>
internal static class CompiledQueries<TQueries>
    where TQueries : class, new()
{
    private static readonly ConditionalWeakTable<IModel, TQueries> Compiled = [];

    public static TQueries Of(RoundtableDbContext db) => Compiled.GetValue(db.Model, static _ => new TQueries());
}
