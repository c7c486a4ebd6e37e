using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Email;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Throttling;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>The model, one for both providers; a derived type a provider carries its migrations.</summary>
public abstract class RoundtableDbContext
    : IdentityDbContext<
        User,
        Role,
        string,
        IdentityUserClaim<string>,
        UserRole,
        IdentityUserLogin<string>,
        IdentityRoleClaim<string>,
        IdentityUserToken<string>
    >,
        IDataProtectionKeyContext
{
    // A unit of work that fails is taken back whole: a savepoint for each of its saves is a statement, and on a server a trip, for nothing.
    protected RoundtableDbContext(DbContextOptions options)
        : base(options)
    {
        Database.AutoSavepointsEnabled = false;
        Time = new DatabaseTime(this);
    }

    public DbSet<Credentials> Credentials => Set<Credentials>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

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

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Audit entries that are linked into their chains and written as the last thing before the commit.</summary>
    internal List<AuditEntry> NewAuditEntries { get; } = [];

    /// <summary>What is counted at the same time, by day and metric.</summary>
    internal Dictionary<(int Day, Metric Metric), int> NewCounts { get; } = [];

    internal DatabaseTime Time { get; }

    /// <summary>The collation under which keys and hashes compare byte by byte; null where that is the default.</summary>
    protected virtual string? BinaryCollation => null;

    /// <summary>Lets go of everything that was loaded, changed and recorded and is not saved.</summary>
    internal void Forget()
    {
        ChangeTracker.Clear();
        NewAuditEntries.Clear();
        NewCounts.Clear();
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
