using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Email;
using Roundtable.Domain.Roles;
using Roundtable.Domain.ServiceAccounts;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Throttling;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>The model, shared by both providers; a derived type for each provider carries its migrations.</summary>
public abstract class RoundtableDbContext
    : IdentityDbContext<
        User,
        Role,
        string,
        IdentityUserClaim<string>,
        UserRole,
        UserLogin,
        IdentityRoleClaim<string>,
        IdentityUserToken<string>
    >,
        IDataProtectionKeyContext
{
    // A failing unit of work rolls back as a whole: a savepoint for each save would be a useless statement, and on a server a round trip.
    protected RoundtableDbContext(DbContextOptions options)
        : base(options)
    {
        Database.AutoSavepointsEnabled = false;
        Time = new DatabaseTime(this);
    }

    public DbSet<Credentials> Credentials => Set<Credentials>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    public DbSet<UserPicture> UserPictures => Set<UserPicture>();

    public DbSet<AdminGrant> AdminGrants => Set<AdminGrant>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<OneTimeToken> OneTimeTokens => Set<OneTimeToken>();

    public DbSet<Throttle> Throttles => Set<Throttle>();

    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditChain> AuditChains => Set<AuditChain>();

    public DbSet<DailyCount> DailyCounts => Set<DailyCount>();

    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<ServiceAccount> ServiceAccounts => Set<ServiceAccount>();

    public DbSet<ServiceAccountRole> ServiceAccountRoles => Set<ServiceAccountRole>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Audit entries to link into their chains and write as the last step before the commit.</summary>
    internal List<AuditEntry> NewAuditEntries { get; } = [];

    /// <summary>Counts to write at the same time, by day and metric.</summary>
    internal Dictionary<(int Day, Metric Metric), int> NewCounts { get; } = [];

    /// <summary>Whether stored messages became due, which no tracked entity shows: workers are woken after the commit.</summary>
    internal bool HasRequeued { get; set; }

    internal DatabaseTime Time { get; }

    /// <summary>The collation that compares keys and hashes byte by byte; null if it is the default.</summary>
    protected virtual string? BinaryCollation => null;

    /// <summary>Discards everything that was loaded, changed or recorded and is not saved.</summary>
    internal void DiscardChanges()
    {
        ChangeTracker.Clear();
        NewAuditEntries.Clear();
        NewCounts.Clear();
        HasRequeued = false;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(RoundtableDbContext).Assembly);
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()))
        {
            if (property.FindAnnotation(ModelConventions.ComparesBinary) is not null)
            {
                property.SetCollation(BinaryCollation);
                property.RemoveAnnotation(ModelConventions.ComparesBinary);
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        ModelConventions.Apply(configurationBuilder);
}
