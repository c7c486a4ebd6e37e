using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.DataProtection;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Api.Operations;

/// <summary>Done once the transport that is configured now has passed on a mail, in any instance.</summary>
internal sealed class MailTriedCheck(DatabaseInspection database, IDatabaseErrors errors, IOptions<EmailOptions> options)
    : DatabaseCheck(errors)
{
    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct)
    {
        var transport = options.Value.Transport;
        if (MailTransportStatus.MetricOf(transport) is not { } metric)
        {
            return Finding.Degraded("Mail is written to files and reaches nobody. Set Email:Transport to Smtp or SendGrid.");
        }

        return await database.LastCountedAsync(metric, ct) is { } day
            ? Finding.Healthy("{transport} accepted a mail on {day}.", ("transport", transport.ToString()), ("day", $"{day:O}"))
            : Finding.Degraded("{transport} has not accepted a mail yet. Send a test mail.", ("transport", transport.ToString()));
    }
}

/// <summary>Done once mails come from an address of one's own.</summary>
internal sealed class SenderCheck(IOptions<EmailOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var from = options.Value.From;
        return Task.FromResult(
            Examples.IsHost(from[(from.LastIndexOf('@') + 1)..].TrimEnd('>', ' '))
                ? Finding.Degraded("Mails come from {from}. Set Email:From to an address of your own.", ("from", from))
                : Finding.Healthy("Mails come from {from}.", ("from", from))
        );
    }
}

/// <summary>Done once the public address is one that other machines can open, encrypted.</summary>
internal sealed class PublicAddressCheck(IOptions<AppOptions> app) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var url = new Uri(app.Value.PublicUrl);
        return Task.FromResult(
            url.Scheme == Uri.UriSchemeHttps && !url.IsLoopback && !Examples.IsHost(url.Host)
                ? Finding.Healthy("Links in mails begin with {url}.", ("url", app.Value.PublicUrl))
                : Finding.Degraded(
                    "Links in mails begin with {url}. Set App:PublicUrl to the https address that users open.",
                    ("url", app.Value.PublicUrl)
                )
        );
    }
}

/// <summary>Done once there is an admin besides the example's and those that the settings name.</summary>
internal sealed class OwnAdminCheck(DatabaseInspection database, IDatabaseErrors errors, IOptions<AuthOptions> auth) : DatabaseCheck(errors)
{
    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct)
    {
        var named = auth.Value.AdminEmails.Select(EmailAddress.Normalize).ToHashSet(StringComparer.Ordinal);
        return (await database.ActiveAdminsAsync(ct)).Any(a => !Examples.IsAddress(a) && !named.Contains(a))
            ? Finding.Healthy("There is an admin whom the settings do not name.")
            : Finding.Degraded(
                "Every admin is an example or named in Auth:AdminEmails. Give your own account the role, or remove it from there."
            );
    }
}

/// <summary>Done once two people can administer.</summary>
internal sealed class SecondAdminCheck(DatabaseInspection database, IDatabaseErrors errors) : DatabaseCheck(errors)
{
    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct) =>
        (await database.ActiveAdminsAsync(ct)).Count(a => !Examples.IsAddress(a)) is var count && count > 1
            ? Finding.Healthy("{count} admins have signed in.", ("count", count))
            : Finding.Degraded("Fewer than two admins have signed in. Invite another one.");
}

/// <summary>Done on SQL Server, which has backups of its own; on SQLite while the last one that <c>backup</c> made is recent.</summary>
internal sealed class BackupCheck(DatabaseInspection database, IDatabaseErrors errors, TimeProvider clock) : DatabaseCheck(errors)
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    protected override async Task<HealthCheckResult> QueryAsync(CancellationToken ct)
    {
        if (database.File is null)
        {
            return Finding.Healthy("The database is SQL Server, which has backups of its own.");
        }

        return await database.LastBackupAsync(ct) switch
        {
            null => Finding.Degraded("The command backup has not been used. Run it every day."),
            { } at when clock.GetUtcNow().UtcDateTime - at > Recent => Finding.Degraded(
                "The last backup was made at {lastBackupAt}. Run the command backup every day.",
                ("lastBackupAt", $"{at:O}")
            ),
            { } at => Finding.Healthy("The last backup was made at {lastBackupAt}.", ("lastBackupAt", $"{at:O}")),
        };
    }
}

/// <summary>Done once new data-protection keys are encrypted and all can be read.</summary>
internal sealed class KeysProtectedCheck(KeyInspection keys, IOptions<KeyStorageOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(options.Value.CertificatePath))
        {
            return Task.FromResult(Finding.Degraded("The keys lie unencrypted in their storage. Set DataProtection:CertificatePath."));
        }

        var report = keys.Inspect();
        return Task.FromResult(
            report switch
            {
                { Unreadable: > 0 } => Finding.Degraded("Some keys cannot be decrypted. The system page says what to do."),
                { Unprotected: > 0 } => Finding.Healthy(
                    "New keys are encrypted; {unprotected} of before the certificate are not.",
                    ("unprotected", report.Unprotected)
                ),
                _ => Finding.Healthy("The keys are encrypted."),
            }
        );
    }
}

/// <summary>Done once the settings say how long the audit log and log files are kept, be it for 100 years.</summary>
internal sealed class RetentionCheck(IOptions<AuditOptions> audit, IConfiguration configuration) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var undecided = new List<string>();
        if (audit.Value.Retention is null)
        {
            undecided.Add("Audit:Retention");
        }

        // Without files, whatever collects standard output decides.
        if (!string.IsNullOrEmpty(configuration["Logging:File:Path"]) && string.IsNullOrEmpty(configuration["Logging:File:RetainedFiles"]))
        {
            undecided.Add("Logging:File:RetainedFiles");
        }

        return Task.FromResult(
            undecided.Count == 0
                ? Finding.Healthy("The audit log is kept for {days} days.", ("days", (int)audit.Value.Retention!.Value.TotalDays))
                : Finding.Degraded("Not decided: {settings}.", ("settings", string.Join(", ", undecided)))
        );
    }
}

/// <summary>Names without an owner, which examples and defaults use (RFC 2606, RFC 6761).</summary>
internal static class Examples
{
    private static readonly string[] Names = ["example.com", "example.org", "example.net", "example", "test", "invalid", "localhost"];

    public static bool IsHost(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? IPAddress.IsLoopback(address)
            : Names.Any(n =>
                host.Equals(n, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{n}", StringComparison.OrdinalIgnoreCase)
            );

    public static bool IsAddress(string email) => IsHost(email[(email.LastIndexOf('@') + 1)..]);
}
