using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Roundtable.Infrastructure.DataProtection;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Api.Operations;

/// <summary>Reports the last results of sending mail in this instance.</summary>
internal sealed class MailCheck(MailTransportStatus status, IOptions<EmailOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (success, failure, reason) = status.Current;
        var data = new Dictionary<string, object> { ["transport"] = options.Value.Transport.ToString() };
        Add(data, "lastSuccessAt", success);
        Add(data, "lastFailureAt", failure);
        Add(data, "lastFailure", reason);
        return Task.FromResult(
            (success, failure) switch
            {
                (null, null) => HealthCheckResult.Healthy("This instance has sent no mail since it started.", data),
                _ when failure is null || success > failure => HealthCheckResult.Healthy("The last mail was accepted.", data),
                _ => HealthCheckResult.Degraded("The last attempt failed.", null, data),
            }
        );
    }

    private static void Add(Dictionary<string, object> data, string name, object? value)
    {
        if (value is not null)
        {
            data[name] = value;
        }
    }
}

/// <summary>Reports whether the data-protection keys are readable and encrypted.</summary>
internal sealed class KeysCheck(KeyInspection keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        KeyReport report;
        try
        {
            report = keys.Inspect();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Task.FromResult(
                HealthCheckResult.Unhealthy("The storage of the keys cannot be read. Check the folder's rights, or the database.")
            );
        }

        var data = new Dictionary<string, object>
        {
            ["count"] = report.Count,
            ["unreadable"] = report.Unreadable,
            ["unprotected"] = report.Unprotected,
        };
        if (report.CurrentUntilUtc is { } until)
        {
            data["currentUntil"] = until;
        }

        return Task.FromResult(
            report switch
            {
                { Unreadable: > 0 } => HealthCheckResult.Unhealthy(
                    "Some keys cannot be decrypted. Set DataProtection:PreviousCertificatePath to the certificate that protected them.",
                    null,
                    data
                ),
                { Unprotected: > 0 } => HealthCheckResult.Degraded(
                    "Some keys are not encrypted. Set DataProtection:CertificatePath; keys created from then on are encrypted.",
                    null,
                    data
                ),
                { Count: 0 } => HealthCheckResult.Healthy("There are none yet; the first use creates one.", data),
                _ => HealthCheckResult.Healthy("All keys are protected and can be read.", data),
            }
        );
    }
}

/// <summary>Reports the free disk space for the SQLite file.</summary>
internal sealed class DiskCheck(DatabaseInspection database) : IHealthCheck
{
    private const long Little = 1024L * 1024 * 1024;
    private const long TooLittle = 100L * 1024 * 1024;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (database.File is not { } path)
        {
            return Task.FromResult(HealthCheckResult.Healthy("The database server looks after its disk."));
        }

        var free = new DriveInfo(NearestFolder(path)).AvailableFreeSpace;
        var data = new Dictionary<string, object>
        {
            ["freeBytes"] = free,
            ["databaseBytes"] = Size(path),
            ["walBytes"] = Size($"{path}-wal"),
        };
        return Task.FromResult(
            free switch
            {
                < TooLittle => HealthCheckResult.Unhealthy(
                    "Less than 100 MB are free where the database lies: writes are about to fail. Make room.",
                    null,
                    data
                ),
                < Little => HealthCheckResult.Degraded("Less than 1 GB is free where the database lies. Make room.", null, data),
                _ => HealthCheckResult.Healthy("There is enough disk space for the database.", data),
            }
        );
    }

    // Before the first start the folder does not exist yet.
    private static string NearestFolder(string path)
    {
        var folder = Path.GetDirectoryName(path);
        return folder is null ? path
            : Directory.Exists(folder) ? folder
            : NearestFolder(folder);
    }

    private static long Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}

/// <summary>Reports the version and state of this process.</summary>
internal sealed class ProcessCheck(OutboxOwner owner) : IHealthCheck
{
    private static readonly string Version = typeof(ProcessCheck)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            HealthCheckResult.Healthy(
                $"Roundtable {Version}.",
                new Dictionary<string, object>
                {
                    ["version"] = Version,
                    ["runtime"] = Environment.Version.ToString(),
                    ["instance"] = owner.Id,
                    ["host"] = Environment.MachineName,
                    ["uptimeSeconds"] = (long)Uptime().TotalSeconds,
                    ["memoryBytes"] = Environment.WorkingSet,
                }
            )
        );

    // Uses the system clock on both sides: tests that set the application's clock must not affect it.
    private static TimeSpan Uptime()
    {
        using var process = Process.GetCurrentProcess();
        return TimeProvider.System.GetLocalNow().LocalDateTime - process.StartTime;
    }
}
