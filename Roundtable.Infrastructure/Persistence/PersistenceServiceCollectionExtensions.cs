using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Application.Sessions;
using Roundtable.Application.Statistics;
using Roundtable.Application.Users;
using Roundtable.Domain.Email;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence.Repositories;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.Sqlite.Search;
using Roundtable.Infrastructure.Persistence.SqlServer;
using Roundtable.Infrastructure.Persistence.SqlServer.Search;
using Roundtable.Infrastructure.Telemetry;

namespace Roundtable.Infrastructure.Persistence;

internal static class PersistenceServiceCollectionExtensions
{
    public static IServiceCollection AddPersistence(this IServiceCollection services, DatabaseOptions database, string connectionString)
    {
        if (database.Provider == DatabaseProvider.SqlServer)
        {
            services.AddSqlServer(connectionString);
        }
        else
        {
            services.AddSqlite(connectionString);
        }

        services.TryAddScoped<Transactions>();
        services.TryAddScoped<UnitOfWork>();
        services.TryAddScoped<UserRowLock>();
        services.TryAddScoped<IUnitOfWork>(s => s.GetRequiredService<UnitOfWork>());
        services.AddRepositories();
        services.TryAddScoped<OutboxStore<OutboxMail>>();
        services.TryAddScoped<OutboxStore<WebhookDelivery>>();
        services.TryAddScoped(typeof(IOutboxStore<>), typeof(OutboxStore<>));
        services.TryAddSingleton<UserProjection>();
        services.TryAddScoped<UserListQuery>();
        services.AddWorker<UserSearchWorker>();
        services.TryAddScoped<SchemaMigrator>();
        services.TryAddScoped<DatabaseBackup>();
        services.TryAddScoped<DatabaseInspection>();
        return services;
    }

    /// <summary>
    /// What stands in the namespace of the repositories is registered for each port that it implements, one for each request; where a
    /// database has something of its own for a port, that was registered before.
    /// </summary>
    private static void AddRepositories(this IServiceCollection services)
    {
        var repositories = typeof(UserRepository).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsNested: false, IsGenericTypeDefinition: false } && t.Namespace == typeof(UserRepository).Namespace);
        foreach (var repository in repositories)
        {
            foreach (var port in repository.GetInterfaces().Where(i => i.Namespace!.StartsWith("Roundtable.", StringComparison.Ordinal)))
            {
                services.TryAddScoped(port, repository);
            }
        }
    }

    private static void AddSqlite(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton<IDatabaseErrors, SqliteErrors>();
        services.TryAddSingleton<SqliteWriteGate>();
        services.TryAddSingleton<IWriteTurns, SqliteWriteTurns>();
        services.TryAddSingleton<ISchema>(new SqliteSchema(connectionString));
        services.TryAddScoped<IUserSearch, SqliteUserSearch>();
        services.TryAddScoped<IUserPages, SqliteUserPages>();
        services.TryAddScoped<IStatistics, SqliteStatistics>();
        services.TryAddSingleton<IUserLoads, SqliteUserLoads>();
        services.TryAddSingleton<ISessionLoads, SqliteSessionLoads>();
        var path = new SqliteConnectionStringBuilder(connectionString).DataSource;
        services.TryAddSingleton(s => new SqlitePreparedReads(connectionString, path, s.GetRequiredService<ProfileFields>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(s => new SqliteWriter(connectionString, s.GetRequiredService<SqlitePreparedReads>()));
        services.TryAddSingleton<MeasuredReads>();
        services.TryAddSingleton<ICurrentSessions>(s => s.GetRequiredService<MeasuredReads>());
        services.TryAddSingleton<IUserReader>(s => s.GetRequiredService<MeasuredReads>());
        services.AddDbContextPool<RoundtableDbContext, SqliteRoundtableDbContext>((s, o) => o
            .UseSqlite(connectionString)
            .IgnoreMappedProperties()
            .ReplaceService<IDatabase, SqlitePreparedSaves>()
            .AddInterceptors(new SqliteConnectionInterceptor(path, s.GetRequiredService<SqlitePreparedReads>()), new AuditLinker(new SqliteAuditChains())));
    }

    private static void AddSqlServer(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton<IDatabaseErrors, SqlServerErrors>();
        services.TryAddSingleton<IWriteTurns, OwnWriteTurns>();
        services.TryAddSingleton<ISchema, UnknownSchema>();
        services.TryAddSingleton<IUserLoads, UserLoads>();
        services.TryAddSingleton<ISessionLoads, SqlServerSessionLoads>();
        services.AddGramSearch();
        services.AddDbContextPool<RoundtableDbContext, SqlServerRoundtableDbContext>(o => o.UseSqlServer(
            connectionString,
            // Three quick retries: whoever waits for the answer gets one within ten seconds.
            s => s.EnableRetryOnFailure(3, TimeSpan.FromSeconds(1), SqlServerErrors.Transient)).IgnoreMappedProperties().AddInterceptors(new AuditLinker(new AuditChains(exclusive: false)), new SearchNoter()));
    }

    // Identity's context maps what our users and roles have by other names, before our configurations take it out.
    private static DbContextOptionsBuilder IgnoreMappedProperties(this DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(w => w.Ignore(CoreEventId.MappedPropertyIgnoredWarning));

    internal static void AddGramSearch(this IServiceCollection services)
    {
        services.TryAddSingleton<SearchRound>();
        services.TryAddScoped<GramIndex>();
        services.TryAddScoped<IUserSearch, GramSearch>();
        services.TryAddScoped<QueriedUserPages>();
        services.TryAddScoped<IUserPages, SearchedUserPages>();
    }
}
