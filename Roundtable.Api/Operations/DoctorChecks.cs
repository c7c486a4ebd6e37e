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
        var url = app.Value.PublicUrl;
        return Task.FromResult(
            url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
                ? Finding.Healthy("The public address is {url}; links in mails begin with it.", ("url", url))
                : Finding.Degraded(
                    "The public address is {url}, unencrypted. Set App:PublicUrl to an https address for anything but development.",
                    ("url", url)
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
                _ when proxies.FirstOrDefault(IsEverybody) is { } all => Finding.Unhealthy(
                    "{proxy} trusts every address, so that clients can forge theirs. List only your own proxies in App:TrustedProxies.",
                    ("proxy", all)
                ),
                { Count: 0 } when endsTlsElsewhere => HealthCheckResult.Degraded(
                    "TLS ends at a proxy that is not in App:TrustedProxies: all clients share its address and its rate limit. List it."
                ),
                { Count: 0 } => HealthCheckResult.Healthy("None is trusted; X-Forwarded-For and -Proto are ignored."),
                _ => Finding.Healthy("Trusted: {proxies}.", ("proxies", string.Join(", ", proxies))),
            }
        );
    }

    private static bool IsEverybody(string proxy) => IPNetwork.TryParse(proxy, out var network) && network.PrefixLength == 0;
}

/// <summary>Checks that the database answers.</summary>
internal sealed class DatabaseReachableCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    protected override HealthCheckResult WithoutDatabase =>
        database.File is { } file && !File.Exists(file)
            ? Finding.Unhealthy(
                "There is no file. Run the command migrate to make it, or put it back; ConnectionStrings:Roundtable says where it is.",
                (Finding.Path, file)
            )
            : HealthCheckResult.Unhealthy(
                "The database does not answer. Check ConnectionStrings:Roundtable, the server, and who may use it."
            );

    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        Finding.Healthy(
            "{engine} answers in {milliseconds} ms.",
            ("engine", DatabaseInspection.Engine(database.Provider)),
            ("milliseconds", Math.Round((await database.PingAsync(ct)).TotalMilliseconds, 1)),
            (Finding.Path, database.File)
        );
}

/// <summary>Checks that the schema matches this program.</summary>
internal sealed class SchemaCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        await database.SchemaAsync(ct) switch
        {
            (var applied, 0) => Finding.Healthy("It is current ({schema}).", ("schema", applied)),
            (_, var pending) => Finding.Unhealthy(
                "{pendingMigrations} migrations are pending. Back up, then run the command migrate.",
                ("pendingMigrations", pending)
            ),
        };
}

/// <summary>Checks that readers do not wait for writers.</summary>
internal sealed class IsolationCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    public const string Advice = $"{Problem} Run {Statement}.";

    private const string Problem = "READ_COMMITTED_SNAPSHOT is off: requests that read wait for requests that write.";

    private const string Statement = "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE";

    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        await database.ReadsSnapshotsAsync(ct)
            ? HealthCheckResult.Healthy("Readers do not wait for writers.")
            : Finding.Degraded(Problem + " Run {sql}.", ("sql", Statement));
}

/// <summary>Runs the database's integrity check.</summary>
internal sealed class IntegrityCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        database.File is null ? HealthCheckResult.Healthy("SQL Server looks after that: schedule DBCC CHECKDB.")
        : await database.FindDamageAsync(ct) is { Count: > 0 } damage
            ? Finding.Unhealthy("The file is damaged ({damage}). Stop the program and restore a backup.", ("damage", damage[0]))
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
                ? Finding.Degraded(
                    "Mail is written to files and goes nowhere from there. Set Email:Transport to Smtp or SendGrid to reach people.",
                    (Finding.Path, options.Value.Pickup.Directory)
                )
                : Finding.Healthy("The transport works: {answer}", ("answer", found));
        }
        catch (OptionsValidationException e)
        {
            return HealthCheckResult.Unhealthy(string.Join(' ', e.Failures));
        }
        catch (MailTransportException e) when (options.Value.Transport == EmailTransport.Pickup)
        {
            return Finding.Unhealthy("Mail cannot be written to the folder of Email:Pickup:Directory.", (Finding.Path, e.Message));
        }
        catch (MailTransportException e)
        {
            return Finding.Unhealthy(
                "{answer} Check Email:{transport}:* and the network path.",
                ("answer", e.Message),
                ("transport", options.Value.Transport.ToString())
            );
        }
        catch (OperationCanceledException)
        {
            return Finding.Unhealthy(
                "No answer within {seconds} seconds. Check Email:{transport}:* and the network path.",
                ("seconds", OutboxTiming.SendTimeout.TotalSeconds),
                ("transport", options.Value.Transport.ToString())
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
                : Finding.Unhealthy(
                    "It is {seconds} seconds off the database server's. Synchronise both (NTP).",
                    ("seconds", Math.Round(off.TotalSeconds))
                );
        }

        return now < (reference ?? now) - Tolerance || now < Built.AddDays(-1)
            ? Finding.Unhealthy("It says {time}, which is earlier than recorded events. Synchronise it (NTP).", ("time", $"{now:u}"))
            : Finding.Healthy("It says {time}.", ("time", $"{now:u}"));
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
