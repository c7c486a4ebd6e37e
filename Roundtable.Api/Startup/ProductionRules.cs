using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>Defaults that are right on a developer's machine and wrong in front of users.</summary>
internal static class ProductionRules
{
    private const string WayOut = "(App:AllowDevelopmentDefaults=true runs all the same)";

    // What Development has, so that its first user is an admin.
    private const string DefaultAdmin = "admin@example.com";

    /// <summary>Each default that is still in force.</summary>
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
            yield return new(admin.Path, "is the address that Development makes an admin: it is nobody's who runs this");
        }
    }

    /// <summary>What stops the start; nothing where <c>App:AllowDevelopmentDefaults</c> allows it.</summary>
    public static IEnumerable<ConfigurationProblem> Enforce(IConfiguration configuration, AppOptions app) =>
        app.AllowDevelopmentDefaults ? [] : Find(configuration, app).Select(p => p with { Problem = $"{p.Problem} {WayOut}" });
}
