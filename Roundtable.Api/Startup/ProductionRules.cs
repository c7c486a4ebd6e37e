using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>Finds defaults that suit development but not production.</summary>
internal static class ProductionRules
{
    private const string WayOut = "(App:AllowDevelopmentDefaults=true runs all the same)";

    // The default in Development, so that its first user is an admin.
    private const string DefaultAdmin = "admin@example.com";

    /// <summary>Returns each default that is still in use.</summary>
    public static IEnumerable<ConfigurationProblem> Find(IConfiguration configuration, AppOptions app)
    {
        if (!app.PublicUrl.StartsWith("https://", StringComparison.Ordinal))
        {
            yield return new("App:PublicUrl", "is not https: cookies and links would travel in the open");
        }

        if (string.Equals(configuration["Email:Transport"] ?? "Pickup", "Pickup", StringComparison.OrdinalIgnoreCase))
        {
            yield return new("Email:Transport", "is Pickup: mail is written to a folder and reaches nobody");
        }

        if (string.IsNullOrEmpty(configuration["DataProtection:CertificatePath"]))
        {
            yield return new(
                "DataProtection:CertificatePath",
                "is not set: the keys that encrypt mails and two-factor secrets lie unprotected in their storage"
            );
        }

        foreach (
            var admin in configuration
                .GetSection("Auth:AdminEmails")
                .GetChildren()
                .Where(a => string.Equals(a.Value?.Trim(), DefaultAdmin, StringComparison.OrdinalIgnoreCase))
        )
        {
            yield return new(admin.Path, "is the address that Development makes an admin: replace it with your own address");
        }
    }

    /// <summary>The problems that prevent startup; none if <c>App:AllowDevelopmentDefaults</c> is set.</summary>
    public static IEnumerable<ConfigurationProblem> Enforce(IConfiguration configuration, AppOptions app) =>
        app.AllowDevelopmentDefaults ? [] : Find(configuration, app).Select(p => p with { Problem = $"{p.Problem} {WayOut}" });
}
