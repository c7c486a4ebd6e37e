using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>Defaults that are right on a developer's machine and wrong in front of users.</summary>
internal static class ProductionRules
{
    /// <summary>Each default that is still in force, by key and reason.</summary>
    public static IEnumerable<(string Key, string Problem)> Find(IConfiguration configuration, AppOptions app)
    {
        if (!app.PublicUrl.StartsWith("https://", StringComparison.Ordinal))
        {
            yield return ("App:PublicUrl", "is not https: cookies and links would travel in the open");
        }

        if (string.Equals(configuration["Email:Transport"] ?? "Pickup", "Pickup", StringComparison.OrdinalIgnoreCase))
        {
            yield return ("Email:Transport", "is Pickup: mail is written to a folder and reaches nobody");
        }

        if (string.IsNullOrEmpty(configuration["DataProtection:CertificatePath"]))
        {
            yield return ("DataProtection:CertificatePath", "is not set: the keys that encrypt mails and two-factor secrets lie unprotected in their storage");
        }
    }

    /// <summary>Stops the start on the first such default, or gives warnings where <c>App:AllowDevelopmentDefaults</c> allows them.</summary>
    public static IReadOnlyList<string> Enforce(IConfiguration configuration, AppOptions app)
    {
        var found = Find(configuration, app).ToList();
        return found.Count == 0 || app.AllowDevelopmentDefaults
            ? [.. found.Select(f => $"{f.Key} {f.Problem}.")]
            : throw new ConfigurationException(found[0].Key, $"{found[0].Problem} (App:AllowDevelopmentDefaults=true runs all the same)");
    }
}
