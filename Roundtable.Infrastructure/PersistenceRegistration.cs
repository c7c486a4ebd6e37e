using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Application.Administration;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.ExternalLogins;
using Roundtable.Application.Operations;
using Roundtable.Application.Pictures;
using Roundtable.Application.Roles;
using Roundtable.Application.ServiceAccounts;
using Roundtable.Application.Sessions;
using Roundtable.Application.Statistics;
using Roundtable.Application.Tokens;
using Roundtable.Application.Transfer;
using Roundtable.Application.Users;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Email;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Operations;
using Roundtable.Infrastructure.Persistence.Repositories;
using Roundtable.Infrastructure.Persistence.Search;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.Sqlite.Search;
using Roundtable.Infrastructure.Persistence.SqlServer;
using Roundtable.Infrastructure.Persistence.SqlServer.Search;
using Roundtable.Infrastructure.Persistence.Transactions;
using Roundtable.Infrastructure.Sqlite;

namespace Roundtable.Infrastructure;

internal static class PersistenceRegistration
{
    public static IServiceCollection AddPersistence(this IServiceCollection services, DatabaseOptions database, string connectionString)
    {
        if (database.Provider == DatabaseProvider.SqlServer)
        {
            services.AddSqlServer(connectionString, database.SqlServer.MaxBatchSize);
        }
        else
        {
            services.AddSqlite(connectionString, database.Sqlite.Engine);
        }

        services.TryAddSingleton(SqlDialect.Of(database.Provider));
        services.TryAddSingleton(s => new WriteCoordinator(database.Provider, s.GetService<FastSqlite>()));
        services.TryAddScoped(s => new StatementRunner(s.GetService<FastSqlite>(), s.GetRequiredService<RoundtableDbContext>));
        services.TryAddSingleton<UserRead>();
        services.TryAddScoped<ReadAhead>();
        services.TryAddScoped<HotReader>();
        services.TryAddScoped<ICurrentSessions>(s => s.GetRequiredService<HotReader>());
        services.TryAddScoped<IApiKeyReader>(s => s.GetRequiredService<HotReader>());
        services.TryAddScoped<IUserReader>(s => s.GetRequiredService<HotReader>());
        services.TryAddScoped<TransactionRunner>();
        services.TryAddScoped<UnitOfWork>();
        services.TryAddScoped<UserRowLock>();
        services.TryAddScoped<IUnitOfWork>(s => s.GetRequiredService<UnitOfWork>());
        services.AddRepositories();
        services.TryAddScoped<OutboxStore<OutboxMail>>();
        services.TryAddScoped<OutboxStore<WebhookDelivery>>();
        services.TryAddScoped(typeof(IOutboxStore<>), typeof(OutboxStore<>));
        services.AddWorker<UserSearchWorker>();
        services.TryAddScoped<SchemaMigrator>();
        services.TryAddScoped<DatabaseBackup>();
        services.TryAddScoped<DatabaseInspection>();
        services.TryAddScoped(s => new DemoData(
            s.GetRequiredService<RoundtableDbContext>(),
            s.GetRequiredService<TransactionRunner>(),
            s.GetRequiredService<TimeProvider>()
        ));
        return services;
    }

    // templates/finish adds the repository of a new feature.
    private static void AddRepositories(this IServiceCollection services)
    {
        services.TryAddScoped<IAdminGrantRepository, AdminGrantRepository>();
        services.TryAddScoped<IApiKeyRepository, ApiKeyRepository>();
        services.TryAddScoped<IAuditRepository, AuditRepository>();
        services.TryAddScoped<IAuditRetentionRepository, AuditRetentionRepository>();
        services.TryAddScoped<ICleanupRepository, CleanupRepository>();
        services.TryAddScoped<ICredentialRepository, CredentialRepository>();
        services.TryAddScoped<ILoginRepository, LoginRepository>();
        services.TryAddScoped<IOneTimeTokenRepository, OneTimeTokenRepository>();
        services.TryAddScoped<IOutboxAdministration, OutboxAdministration>();
        services.TryAddScoped<IOutboxStore<OutboxMail>, MailOutboxStore>();
        services.TryAddScoped<IPictureRepository, PictureRepository>();
        services.TryAddScoped<IRoleRepository, RoleRepository>();
        services.TryAddScoped<IServiceAccountRepository, ServiceAccountRepository>();
        services.TryAddScoped<ISessionRepository, SessionRepository>();
        services.TryAddScoped<IStatistics, StatisticsRepository>();
        services.TryAddScoped<IThrottle, ThrottleRepository>();
        services.TryAddScoped<IUserListRepository, UserListRepository>();
        services.TryAddScoped<IUserRepository, UserRepository>();
        services.TryAddScoped<IMatchingUsers, MatchingUsersRepository>();
        services.TryAddScoped<IUserTransfer, UserTransferRepository>();
        services.TryAddScoped<IWebhookRepository, WebhookRepository>();
    }

    private static void AddSqlite(this IServiceCollection services, string connectionString, SqliteEngine engine)
    {
        services.TryAddSingleton<IDatabaseErrors, SqliteErrors>();
        services.TryAddSingleton(PollInterval.Local);
        services.TryAddSingleton<ISchema>(new SqliteSchema(connectionString));
        services.TryAddScoped<IUserSearch, SqliteUserSearch>();
        if (engine == SqliteEngine.Fast)
        {
            services.TryAddSingleton(_ => new FastSqlite(connectionString));
        }

        var path = new SqliteConnectionStringBuilder(connectionString).DataSource;
        services.AddDbContextPool<RoundtableDbContext, SqliteRoundtableDbContext>(
            (s, options) =>
            {
                var fast = s.GetService<FastSqlite>();
                (fast is null ? options.UseSqlite(connectionString) : options.UseFastSqlite(fast))
                    .IgnoreMappedProperties()
                    .AddInterceptors(new SqliteConnectionInterceptor(path, fast), new AuditLinker());
            }
        );
    }

    private static void AddSqlServer(this IServiceCollection services, string connectionString, int maxBatchSize)
    {
        services.TryAddSingleton<IDatabaseErrors, SqlServerErrors>();
        services.TryAddSingleton(PollInterval.Remote);
        services.TryAddSingleton<ISchema, UnknownSchema>();
        services.AddTrigramSearch();
        var usual = TimeSpan.FromSeconds(new SqlConnectionStringBuilder(connectionString).CommandTimeout);
        services.AddDbContextPool<RoundtableDbContext, SqlServerRoundtableDbContext>(o =>
            o.UseSqlServer(
                    connectionString,
                    // Three quick retries.
                    s => s.EnableRetryOnFailure(3, TimeSpan.FromSeconds(1), SqlServerErrors.Transient).MaxBatchSize(maxBatchSize)
                )
                .IgnoreMappedProperties()
                .AddInterceptors(new AuditLinker(), new SearchChangeRecorder(), new TimeLimit(usual))
        );
    }

    // Identity's context maps properties that our users and roles have under other names, before our configurations remove them.
    private static DbContextOptionsBuilder IgnoreMappedProperties(this DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(w => w.Ignore(CoreEventId.MappedPropertyIgnoredWarning));

    internal static void AddTrigramSearch(this IServiceCollection services)
    {
        services.TryAddSingleton<SearchReconciliation>();
        services.TryAddScoped<TrigramIndex>();
        services.TryAddScoped<IUserSearch, TrigramSearch>();
    }
}
