using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Startup;

/// <summary>Defaults that are right on a developer's machine and wrong in front of users.</summary>
internal static class ProductionRules
{
    private const string WayOut = "(App:AllowDevelopmentDefaults=true runs all the same)";

    // Set aside for examples and tests by RFC 2606 and 6761: mail to them reaches nobody, or a stranger in the end.
    private static readonly string[] ExampleDomains = ["example.com", "example.net", "example.org", "example", "test", "invalid", "localhost"];

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
            yield return new("DataProtection:CertificatePath", "is not set: the keys that encrypt cookies lie unprotected in their storage");
        }

        foreach (var admin in configuration.GetSection("Auth:AdminEmails").GetChildren().Where(a => IsExample(a.Value)))
        {
            yield return new(admin.Path, "is an address of an example domain: whoever gets its mail would be admin");
        }
    }

    /// <summary>What stops the start; nothing where <c>App:AllowDevelopmentDefaults</c> allows it.</summary>
    public static IEnumerable<ConfigurationProblem> Enforce(IConfiguration configuration, AppOptions app) =>
        app.AllowDevelopmentDefaults ? [] : Find(configuration, app).Select(p => p with { Problem = $"{p.Problem} {WayOut}" });

    private static bool IsExample(string? address) =>
        EmailAddress.TryParse(address, out var email)
        && email.Value[(email.Value.IndexOf('@', StringComparison.Ordinal) + 1)..].ToLowerInvariant() is var host
        && ExampleDomains.Any(d => host == d || host.EndsWith($".{d}", StringComparison.Ordinal));
}
