using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Api.Operations;

/// <summary>Checks that cookies and links are sent over https.</summary>
internal sealed class PublicUrlCheck(IOptions<AppOptions> app) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var url = new Uri(app.Value.PublicUrl);
        return Task.FromResult(
            url.Scheme == Uri.UriSchemeHttps
                ? HealthCheckResult.Healthy($"The public address is {url}; links in mails begin with it.")
                : HealthCheckResult.Degraded(
                    $"The public address is {url}, unencrypted. Set App:PublicUrl to an https address for anything but development."
                )
        );
    }
}

/// <summary>Checks that rate limits and the audit log see client addresses, not a proxy's.</summary>
internal sealed class ProxiesCheck(IOptions<AppOptions> app, IConfiguration configuration) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var proxies = app.Value.TrustedProxies;
        var endsTlsElsewhere =
            app.Value.PublicUrl.StartsWith("https:", StringComparison.Ordinal)
            && !configuration["Urls"]!.Contains("https:", StringComparison.OrdinalIgnoreCase);
        return Task.FromResult(
            proxies switch
            {
                _ when proxies.FirstOrDefault(IsEverybody) is { } all => HealthCheckResult.Unhealthy(
                    $"{all} trusts every address, so that clients can forge theirs. List only your own proxies in App:TrustedProxies."
                ),
                { Count: 0 } when endsTlsElsewhere => HealthCheckResult.Degraded(
                    "TLS ends at a proxy that is not in App:TrustedProxies: all clients share its address and its rate limit. List it."
                ),
                { Count: 0 } => HealthCheckResult.Healthy("None is trusted; X-Forwarded-For and -Proto are ignored."),
                _ => HealthCheckResult.Healthy($"Trusted: {string.Join(", ", proxies)}."),
            }
        );
    }

    private static bool IsEverybody(string proxy) => IPNetwork.TryParse(proxy, out var network) && network.PrefixLength == 0;
}

/// <summary>Checks that the database answers.</summary>
internal sealed class DatabaseReachableCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    protected override string WithoutDatabase =>
        database.File is { } file && !File.Exists(file)
            ? $"There is no file {file}. Run the command migrate to make it, or put it back; ConnectionStrings:Roundtable says where it is."
            : "The database does not answer. Check ConnectionStrings:Roundtable, the server, and who may use it.";

    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        HealthCheckResult.Healthy(
            $"{DatabaseInspection.Engine(database.Provider)}{(database.File is { } file ? $" ({file})" : "")} answers in "
                + $"{(await database.PingAsync(ct)).TotalMilliseconds:0.0} ms."
        );
}

/// <summary>Checks that the schema matches this program.</summary>
internal sealed class SchemaCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        await database.SchemaAsync(ct) switch
        {
            (var applied, 0) => HealthCheckResult.Healthy($"It is current ({applied})."),
            (_, var pending) => HealthCheckResult.Unhealthy($"{pending} migrations are pending. Back up, then run the command migrate."),
        };
}

/// <summary>Checks that readers do not wait for writers.</summary>
internal sealed class IsolationCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    public const string Advice =
        "READ_COMMITTED_SNAPSHOT is off: requests that read wait for requests that write. "
        + "Run ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE.";

    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        await database.ReadsSnapshotsAsync(ct)
            ? HealthCheckResult.Healthy("Readers do not wait for writers.")
            : HealthCheckResult.Degraded(Advice);
}

/// <summary>Runs the database's integrity check.</summary>
internal sealed class IntegrityCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        database.File is null ? HealthCheckResult.Healthy("SQL Server looks after that: schedule DBCC CHECKDB.")
        : await database.FindDamageAsync(ct) is { Count: > 0 } damage
            ? HealthCheckResult.Unhealthy($"The file is damaged ({damage[0]}). Stop the program and restore a backup.")
        : HealthCheckResult.Healthy("The file is intact.");
}

/// <summary>Checks that mail can be sent.</summary>
internal sealed class MailTransportCheck(IServiceProvider services, IOptions<EmailOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(OutboxTiming.SendTimeout);
        try
        {
            // Not injected: with invalid settings the transport, and so a check that reports them, could not be created.
            var found = await services.GetRequiredService<IMailTransport>().ProbeAsync(limit.Token);
            return options.Value.Transport == EmailTransport.Pickup
                ? HealthCheckResult.Degraded($"{found} Set Email:Transport to Smtp or SendGrid to reach people.")
                : HealthCheckResult.Healthy(found);
        }
        catch (OptionsValidationException e)
        {
            return HealthCheckResult.Unhealthy(string.Join(' ', e.Failures));
        }
        catch (MailTransportException e)
        {
            return HealthCheckResult.Unhealthy($"{e.Message} Check Email:{options.Value.Transport}:* and the network path.");
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(
                $"No answer within {OutboxTiming.SendTimeout.TotalSeconds:0} seconds. Check "
                    + $"Email:{options.Value.Transport}:* and the network path."
            );
        }
    }
}

/// <summary>Checks this machine's clock, on which sessions, links and codes depend.</summary>
internal sealed class ClockCheck(DatabaseInspection database, IDatabaseErrors errors, TimeProvider clock) : DatabaseCheck(errors)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);
    private static readonly DateTime Built = File.GetLastWriteTimeUtc(typeof(ClockCheck).Assembly.Location);

    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct)
    {
        var reference = await database.ReferenceTimeAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        if (database.File is null)
        {
            var off = now - reference!.Value;
            return off.Duration() <= Tolerance
                ? HealthCheckResult.Healthy("It agrees with the database server's.")
                : HealthCheckResult.Unhealthy($"It is {off.TotalSeconds:0} seconds off the database server's. Synchronise both (NTP).");
        }

        return now < (reference ?? now) - Tolerance || now < Built.AddDays(-1)
            ? HealthCheckResult.Unhealthy($"It says {now:u}, which is earlier than recorded events. Synchronise it (NTP).")
            : HealthCheckResult.Healthy($"It says {now:u}.");
    }
}

/// <summary>Checks that there is an admin.</summary>
internal sealed class AdminCheck(DatabaseInspection database, IDatabaseErrors errors, IOptions<AuthOptions> auth) : DatabaseCheck(errors)
{
    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        await database.HasAdminAsync(ct)
            ? HealthCheckResult.Healthy("There is an admin.")
            : HealthCheckResult.Degraded(
                auth.Value.AdminEmails.Count > 0
                    ? "There is no admin yet; the first user to sign in with an address of Auth:AdminEmails becomes one."
                    : "There is no admin. Run the command create-admin --email ADDRESS."
            );
}
