using System.Text.RegularExpressions;
using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>Validates the settings of external providers; none of the problems reveals a secret.</summary>
internal static partial class ExternalProviderRules
{
    public static IEnumerable<ConfigurationProblem> Check(string name, ExternalProviderSettings provider)
    {
        var key = $"{AuthOptions.SectionName}:{nameof(AuthOptions.External)}:{name}";
        if (!ProviderName().IsMatch(name) || name is "pending" or "callback")
        {
            yield return new ConfigurationProblem(
                key,
                "must be named with 1 to 32 lower-case letters, digits and hyphens, the first a letter; not pending or callback"
            );
        }

        if (!Enum.IsDefined(provider.Kind))
        {
            yield return new ConfigurationProblem(
                $"{key}:Kind",
                $"must be one of {string.Join(", ", Enum.GetNames<ExternalProviderKind>())}"
            );
            yield break;
        }

        if (string.IsNullOrWhiteSpace(provider.ClientId))
        {
            yield return new ConfigurationProblem($"{key}:ClientId", "is required");
        }

        if (string.IsNullOrWhiteSpace(provider.ClientSecret))
        {
            yield return new ConfigurationProblem($"{key}:ClientSecret", "is required");
        }

        if (provider.DisplayName is { Length: 0 or > 100 })
        {
            yield return new ConfigurationProblem($"{key}:DisplayName", "must have 1 to 100 characters");
        }

        if (provider.Kind == ExternalProviderKind.Oidc && !IsAuthority(provider.Authority))
        {
            yield return new ConfigurationProblem($"{key}:Authority", "must be an https address, without query and fragment");
        }

        if (provider.Kind != ExternalProviderKind.Oidc && provider.Authority is not null)
        {
            yield return new ConfigurationProblem($"{key}:Authority", "is for the kind Oidc only");
        }

        if (provider.Kind != ExternalProviderKind.Oidc && provider.TrustEmail)
        {
            yield return new ConfigurationProblem($"{key}:TrustEmail", "is for the kind Oidc only");
        }

        if (provider.Tenant is { } tenant && (provider.Kind != ExternalProviderKind.Microsoft || !Tenant().IsMatch(tenant)))
        {
            yield return new ConfigurationProblem(
                $"{key}:Tenant",
                provider.Kind == ExternalProviderKind.Microsoft
                    ? "must be a tenant's id or domain, common, organizations or consumers"
                    : "is for the kind Microsoft only"
            );
        }

        if (
            provider.Kind != ExternalProviderKind.GitHub
            && provider.Scopes is { } scopes
            && !scopes.Split(' ').Contains("openid", StringComparer.Ordinal)
        )
        {
            yield return new ConfigurationProblem($"{key}:Scopes", "must contain openid");
        }
    }

    private static bool IsAuthority(string? authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && uri is { Query: "", Fragment: "", UserInfo: "" };

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}\\z")]
    private static partial Regex ProviderName();

    [GeneratedRegex("^[A-Za-z0-9.-]{1,100}\\z")]
    private static partial Regex Tenant();
}
