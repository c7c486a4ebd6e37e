using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Cleanup;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Profiles;
using Roundtable.Application.Roles;
using Roundtable.Application.Sessions;
using Roundtable.Application.Statistics;
using Roundtable.Application.Throttling;
using Roundtable.Application.Tokens;
using Roundtable.Application.Transfer;
using Roundtable.Application.Users;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Persistence.Repositories;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.Sqlite.Search;
using Roundtable.Infrastructure.Persistence.SqlServer;
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

        services.TryAddScoped<UnitOfWork>();
        services.TryAddScoped<IUnitOfWork>(s => s.GetRequiredService<UnitOfWork>());
        services.TryAddScoped<IAuditRepository, AuditRepository>();
        services.TryAddScoped<IAuditRetentionRepository, AuditRetentionRepository>();
        services.TryAddScoped<ICleanupRepository, CleanupRepository>();
        services.TryAddScoped<ICredentialRepository, CredentialRepository>();
        services.TryAddScoped<IOneTimeTokenRepository, OneTimeTokenRepository>();
        services.TryAddScoped<IOutboxStore, OutboxStore>();
        services.TryAddScoped<IRoleRepository, RoleRepository>();
        services.TryAddScoped<ISessionRepository, SessionRepository>();
        services.TryAddScoped<IStatistics, StatisticsRepository>();
        services.TryAddScoped<IUserTransfer, UserTransferRepository>();
        services.TryAddScoped<IOutboxAdministration, OutboxAdministration>();
        services.TryAddScoped<IThrottle, ThrottleRepository>();
        services.TryAddScoped<IUserRepository, UserRepository>();
        services.TryAddSingleton<UserProjection>();
        services.TryAddScoped<UserListQuery>();
        services.TryAddScoped<SchemaMigrator>();
        services.TryAddScoped<DatabaseBackup>();
        services.TryAddScoped<DatabaseInspection>();
        return services;
    }

    private static void AddSqlite(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton<IDatabaseErrors, SqliteErrors>();
        services.TryAddSingleton<IWriteGate, SqliteWriteGate>();
        services.TryAddScoped<IUserSearch, SqliteUserSearch>();
        var path = new SqliteConnectionStringBuilder(connectionString).DataSource;
        services.TryAddSingleton(s => new SqlitePreparedReads(connectionString, path, s.GetRequiredService<ProfileFields>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<MeasuredReads>();
        services.TryAddSingleton<ICurrentSessions>(s => s.GetRequiredService<MeasuredReads>());
        services.TryAddSingleton<IUserReader>(s => s.GetRequiredService<MeasuredReads>());
        services.AddDbContextPool<RoundtableDbContext, SqliteRoundtableDbContext>((s, o) => o
            .UseSqlite(connectionString)
            .AddInterceptors(new SqliteConnectionInterceptor(path, s.GetRequiredService<SqlitePreparedReads>()), new AuditLinker()));
    }

    private static void AddSqlServer(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton<IDatabaseErrors, SqlServerErrors>();
        services.TryAddSingleton<IWriteGate, OpenWriteGate>();
        services.TryAddSingleton<IUserSearch, NoUserSearch>();
        services.TryAddScoped<ICurrentSessions, QueriedReads>();
        services.TryAddScoped<IUserReader, QueriedReads>();
        services.AddDbContextPool<RoundtableDbContext, SqlServerRoundtableDbContext>(o => o.UseSqlServer(
            connectionString,
            // Three quick retries: whoever waits for the answer gets one within ten seconds.
            s => s.EnableRetryOnFailure(3, TimeSpan.FromSeconds(1), SqlServerErrors.Transient).CommandTimeout(5)).AddInterceptors(new AuditLinker()));
    }
}
