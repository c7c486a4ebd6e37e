using System.Net;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Cleanup;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Api.Startup;

/// <summary>What settings must be besides well-formed. Each problem names its key; none shows a value that could be a secret.</summary>
internal static class SettingsRules
{
    // A timer takes no more than 49 days.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(36_500);

    public static void Check(IReadOnlyCollection<string> urls) =>
        Require(urls.Count > 0 && urls.All(IsAddress), "Urls", "must be one or more addresses such as http://localhost:5080, parted by semicolons");

    public static void Check(DatabaseOptions database) =>
        Require(Enum.IsDefined(database.Provider), "Database:Provider", $"must be one of {string.Join(", ", Enum.GetNames<DatabaseProvider>())}");

    public static void Check(AppOptions app)
    {
        Require(IsOrigin(app.PublicUrl, pathAllowed: true), "App:PublicUrl", "must be an http or https address without query or fragment (set it where Urls has a wildcard)");
        for (var i = 0; i < app.TrustedOrigins.Count; i++)
        {
            Require(IsOrigin(app.TrustedOrigins[i], pathAllowed: false), $"App:TrustedOrigins:{i}", "must be an origin: scheme, host and port in lower case, nothing more");
        }

        for (var i = 0; i < app.TrustedProxies.Count; i++)
        {
            Require(
                IPAddress.TryParse(app.TrustedProxies[i], out _) || IPNetwork.TryParse(app.TrustedProxies[i], out _),
                $"App:TrustedProxies:{i}",
                "must be an IP address or a network such as 10.0.0.0/8");
        }
    }

    public static void Check(AuthOptions auth)
    {
        for (var i = 0; i < auth.AdminEmails.Count; i++)
        {
            Require(EmailAddress.TryParse(auth.AdminEmails[i], out _), $"Auth:AdminEmails:{i}", "must be an e-mail address");
        }

        RequirePositive(auth.Session.Lifetime, "Auth:Session:Lifetime");
        RequirePositive(auth.Session.RefreshAfter, "Auth:Session:RefreshAfter");
        RequirePositive(auth.Session.FreshFor, "Auth:Session:FreshFor");
        RequirePositive(auth.Session.UnrememberedLifetime, "Auth:Session:UnrememberedLifetime");
        RequirePositive(auth.MagicLink.Lifetime, "Auth:MagicLink:Lifetime");
        RequirePositive(auth.MagicLink.InvitationLifetime, "Auth:MagicLink:InvitationLifetime");
        RequirePositive(auth.MagicLink.Window, "Auth:MagicLink:Window");
        RequirePositive(auth.Impersonation.Lifetime, "Auth:Impersonation:Lifetime");
        Require(auth.MagicLink.MaxPerWindow is >= 1 and <= 100, "Auth:MagicLink:MaxPerWindow", "must be 1 to 100");
    }

    public static void Check(RateLimitOptions limits)
    {
        Require(limits.Api.Permits > 0, "RateLimiting:Api:Permits", "must be positive");
        Require(limits.Auth.Permits > 0, "RateLimiting:Auth:Permits", "must be positive");
        RequirePositive(limits.Api.Window, "RateLimiting:Api:Window");
        RequirePositive(limits.Auth.Window, "RateLimiting:Auth:Window");
    }

    public static void Check(AuditOptions audit) =>
        Require(audit.Retention is null || (audit.Retention >= TimeSpan.FromDays(1) && audit.Retention <= LongestRetention), "Audit:Retention", "must be at least a day (such as 365.00:00:00), or absent to keep everything");

    public static void Check(CleanupOptions cleanup)
    {
        RequirePositive(cleanup.Interval, "Cleanup:Interval");
        Require(cleanup.Interval <= LongestDelay, "Cleanup:Interval", "must be at most 30 days");
        RequireNotNegative(cleanup.Sessions, "Cleanup:Sessions");
        RequireNotNegative(cleanup.Tokens, "Cleanup:Tokens");
        RequireNotNegative(cleanup.Limits, "Cleanup:Limits");
        RequireNotNegative(cleanup.SentMails, "Cleanup:SentMails");
        RequireNotNegative(cleanup.FailedMails, "Cleanup:FailedMails");
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

    private static void RequirePositive(TimeSpan value, string key) => Require(value > TimeSpan.Zero, key, "must be longer than nothing");

    private static void RequireNotNegative(TimeSpan value, string key) =>
        Require(value >= TimeSpan.Zero && value <= LongestRetention, key, "must be between nothing and 100 years");

    private static void Require(bool condition, string key, string problem)
    {
        if (!condition)
        {
            throw new ConfigurationException(key, problem);
        }
    }
}
