using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Infrastructure;
using Roundtable.Infrastructure.Persistence.Search;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.SqlServer.Search;

namespace Roundtable.Tests.Support;

/// <summary>
/// SQL Server's search, in an application on SQLite with its tables: it is all EF Core, so it can be tested without a server.
/// </summary>
internal static class TrigramSearchOnSqlite
{
    public static void Use(IServiceCollection services)
    {
        services.RemoveAll<IUserSearch>().AddTrigramSearch();
        services.ConfigureDbContext<SqliteRoundtableDbContext>(o =>
            o.ReplaceService<IModelCustomizer, Customizer>()
                .AddInterceptors(new SearchChangeRecorder())
                .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning))
        );
    }

    /// <summary>Call before users exist: no migration creates these tables here.</summary>
    public static Task CreateTablesAsync(TestApp app) =>
        app.ArrangeAsync(async db =>
        {
            foreach (
                var statement in db
                    .Database.GenerateCreateScript()
                    .Split(";\n")
                    .Where(s => s.Contains("\"Search", StringComparison.Ordinal))
            )
            {
                await db.Database.ExecuteSqlRawAsync(statement.Trim());
            }
        });

    /// <summary>Runs what the worker does every second.</summary>
    public static async Task IndexAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IUserSearch>().IndexAsync(default);
    }

    private sealed class Customizer(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            SearchTables.Add(modelBuilder);
            base.Customize(modelBuilder, context);
        }
    }
}
