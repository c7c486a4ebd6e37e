using System.Net;
using Roundtable.Api.Logging;
using Roundtable.Api.Operations;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Operations;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Api.Startup;

/// <summary>Validates settings. Each problem names its key; none reveals a value that could be a secret.</summary>
internal static class SettingsRules
{
    // The maximum of a timer is 49 days.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(36_500);

    public static IEnumerable<ConfigurationProblem> Check(IReadOnlyCollection<string> urls) =>
        Unless(
            urls.Count > 0 && urls.All(IsAddress),
            "Urls",
            "must be one or more addresses such as http://localhost:5080, separated by semicolons"
        );

    public static IEnumerable<ConfigurationProblem> Check(DatabaseOptions database) =>
        [
            .. Unless(
                Enum.IsDefined(database.Provider),
                "Database:Provider",
                $"must be one of {string.Join(", ", Enum.GetNames<DatabaseProvider>())}"
            ),
            .. Unless(
                database.CommandTimeout is null
                    || (database.CommandTimeout >= TimeSpan.FromSeconds(1) && database.CommandTimeout <= TimeSpan.FromMinutes(10)),
                "Database:CommandTimeout",
                "must be 00:00:01 to 00:10:00"
            ),
            .. Unless(database.SqlServer.MaxBatchSize is >= 1 and <= 1000, "Database:SqlServer:MaxBatchSize", "must be 1 to 1000"),
        ];

    public static IEnumerable<ConfigurationProblem> Check(AppOptions app) =>
        [
            .. Unless(
                IsOrigin(app.PublicUrl, pathAllowed: true),
                "App:PublicUrl",
                "must be an http or https address without query or fragment (set it where Urls has a wildcard)"
            ),
            .. Each(
                app.TrustedOrigins,
                "App:TrustedOrigins",
                o => IsOrigin(o, pathAllowed: false),
                "must be an origin: scheme, host and port in lower case, nothing more"
            ),
            .. Each(
                app.TrustedProxies,
                "App:TrustedProxies",
                p => IPAddress.TryParse(p, out _) || IPNetwork.TryParse(p, out _),
                "must be an IP address or a network such as 10.0.0.0/8"
            ),
        ];

    public static IEnumerable<ConfigurationProblem> Check(AuthOptions auth) =>
        [
            .. Each(auth.AdminEmails, "Auth:AdminEmails", e => EmailAddress.TryParse(e, out _), "must be an e-mail address"),
            .. UnlessPositive(auth.Session.Lifetime, "Auth:Session:Lifetime"),
            .. UnlessPositive(auth.Session.RefreshAfter, "Auth:Session:RefreshAfter"),
            .. UnlessPositive(auth.Session.FreshFor, "Auth:Session:FreshFor"),
            .. UnlessPositive(auth.Session.UnrememberedLifetime, "Auth:Session:UnrememberedLifetime"),
            .. UnlessPositive(auth.Session.AbsoluteLifetime, "Auth:Session:AbsoluteLifetime"),
            .. UnlessPositive(auth.MagicLink.Lifetime, "Auth:MagicLink:Lifetime"),
            .. UnlessPositive(auth.MagicLink.InvitationLifetime, "Auth:MagicLink:InvitationLifetime"),
            .. UnlessPositive(auth.MagicLink.Window, "Auth:MagicLink:Window"),
            .. UnlessPositive(auth.Impersonation.Lifetime, "Auth:Impersonation:Lifetime"),
            .. auth.External.SelectMany(p => ExternalProviderRules.Check(p.Key, p.Value)),
            .. Unless(auth.MagicLink.MaxPerWindow is >= 1 and <= 100, "Auth:MagicLink:MaxPerWindow", "must be 1 to 100"),
        ];

    public static IEnumerable<ConfigurationProblem> Check(RateLimitOptions limits) =>
        [
            .. Unless(limits.Api.Permits > 0, "RateLimiting:Api:Permits", "must be positive"),
            .. Unless(limits.Auth.Permits > 0, "RateLimiting:Auth:Permits", "must be positive"),
            .. Unless(limits.Export.Permits > 0, "RateLimiting:Export:Permits", "must be positive"),
            .. Unless(limits.Upload.Permits > 0, "RateLimiting:Upload:Permits", "must be positive"),
            .. Unless(limits.Picture.Permits > 0, "RateLimiting:Picture:Permits", "must be positive"),
            .. Unless(limits.ApiKey.Permits > 0, "RateLimiting:ApiKey:Permits", "must be positive"),
            .. UnlessPositive(limits.Api.Window, "RateLimiting:Api:Window"),
            .. UnlessPositive(limits.Auth.Window, "RateLimiting:Auth:Window"),
            .. UnlessPositive(limits.Export.Window, "RateLimiting:Export:Window"),
            .. UnlessPositive(limits.Upload.Window, "RateLimiting:Upload:Window"),
            .. UnlessPositive(limits.Picture.Window, "RateLimiting:Picture:Window"),
            .. UnlessPositive(limits.ApiKey.Window, "RateLimiting:ApiKey:Window"),
        ];

    public static IEnumerable<ConfigurationProblem> Check(ApiKeyOptions keys) =>
        [
            .. Unless(
                keys.MaxLifetime >= TimeSpan.FromDays(1) && keys.MaxLifetime <= LongestRetention,
                "ApiKeys:MaxLifetime",
                "must be at least a day, such as 365.00:00:00"
            ),
            .. Unless(keys.MaxPerUser is >= 1 and <= 10_000, "ApiKeys:MaxPerUser", "must be 1 to 10000"),
        ];

    public static IEnumerable<ConfigurationProblem> Check(AuditOptions audit) =>
        Unless(
            audit.Retention is null || (audit.Retention >= TimeSpan.FromDays(1) && audit.Retention <= LongestRetention),
            "Audit:Retention",
            "must be at least a day (such as 365.00:00:00), or absent to keep everything"
        );

    public static IEnumerable<ConfigurationProblem> Check(WebhookOptions webhooks) =>
        Unless(
            webhooks.SecretOverlap >= TimeSpan.Zero && webhooks.SecretOverlap <= LongestDelay,
            "Webhooks:SecretOverlap",
            "must not be negative and at most 30 days"
        );

    public static IEnumerable<ConfigurationProblem> Check(CleanupOptions cleanup) =>
        [
            .. Unless(
                cleanup.Interval > TimeSpan.Zero && cleanup.Interval <= LongestDelay,
                "Cleanup:Interval",
                "must be greater than zero and at most 30 days"
            ),
            .. UnlessRetention(cleanup.Sessions, "Cleanup:Sessions"),
            .. UnlessRetention(cleanup.Tokens, "Cleanup:Tokens"),
            .. UnlessRetention(cleanup.Limits, "Cleanup:Limits"),
            .. UnlessRetention(cleanup.SentMails, "Cleanup:SentMails"),
            .. UnlessRetention(cleanup.FailedMails, "Cleanup:FailedMails"),
            .. UnlessRetention(cleanup.Deliveries, "Cleanup:Deliveries"),
            .. UnlessRetention(cleanup.ApiKeys, "Cleanup:ApiKeys"),
        ];

    public static IEnumerable<ConfigurationProblem> Check(FileLogOptions file) =>
        [
            .. Unless(file.MaxMegabytes is >= 1 and <= 10_000, "Logging:File:MaxMegabytes", "must be 1 to 10000"),
            .. Unless(file.RetainedFiles is >= 1 and <= 10_000, "Logging:File:RetainedFiles", "must be 1 to 10000"),
            .. Unless(
                string.IsNullOrEmpty(file.Path) || CanWriteBeside(file.Path),
                "Logging:File:Path",
                "is in a folder that cannot be written to"
            ),
        ];

    public static IEnumerable<ConfigurationProblem> Check(OtlpOptions otlp) =>
        [
            .. Unless(
                string.IsNullOrEmpty(otlp.Endpoint) || IsOrigin(otlp.Endpoint, pathAllowed: true),
                "Otlp:Endpoint",
                "must be an http or https address such as http://localhost:4318"
            ),
            .. Unless(!string.IsNullOrWhiteSpace(otlp.ServiceName), "Otlp:ServiceName", "must not be blank"),
            .. Unless(
                otlp.Interval >= TimeSpan.FromSeconds(1) && otlp.Interval <= TimeSpan.FromHours(1),
                "Otlp:Interval",
                "must be 1 second to 1 hour"
            ),
            .. Unless(otlp.TraceRatio is >= 0 and <= 1, "Otlp:TraceRatio", "must be 0 to 1"),
        ];

    // The logger itself would fail silently.
    private static bool CanWriteBeside(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            File.Create(Path.Combine(folder, $".probe-{Guid.NewGuid():N}.tmp"), 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsOrigin(string value, bool pathAllowed) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { UserInfo: "", Query: "", Fragment: "" }
        && (pathAllowed || value.TrimEnd('/') == uri.GetLeftPart(UriPartial.Authority));

    private static IEnumerable<ConfigurationProblem> UnlessPositive(TimeSpan value, string key) =>
        Unless(value > TimeSpan.Zero, key, "must be greater than zero");

    private static IEnumerable<ConfigurationProblem> UnlessRetention(TimeSpan value, string key) =>
        Unless(value >= TimeSpan.Zero && value <= LongestRetention, key, "must be between 0 and 100 years");

    private static IEnumerable<ConfigurationProblem> Each(
        IEnumerable<string> values,
        string key,
        Func<string, bool> isRight,
        string problem
    ) => values.Index().Where(v => !isRight(v.Item)).Select(v => new ConfigurationProblem($"{key}:{v.Index}", problem));

    private static IEnumerable<ConfigurationProblem> Unless(bool condition, string key, string problem) =>
        condition ? [] : [new ConfigurationProblem(key, problem)];
}
