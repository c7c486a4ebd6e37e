using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>
/// Queries that run so often that taking their expressions apart each time would cost more than running them. EF Core holds a compiled
/// query to the model that it was first run on, and a process may have two: one a database, or one a test.
/// </summary>
/// <typeparam name="TQueries">Has a compiled query in each property.</typeparam>
internal static class CompiledQueries<TQueries>
    where TQueries : class, new()
{
    private static readonly ConditionalWeakTable<IModel, TQueries> Compiled = [];

    public static TQueries Of(RoundtableDbContext db) => Compiled.GetValue(db.Model, static _ => new TQueries());
}
