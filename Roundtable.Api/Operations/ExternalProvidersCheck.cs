using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Roundtable.Api.ExternalLogins;
using Roundtable.Application.Common;

namespace Roundtable.Api.Operations;

/// <summary>Checks that the discovery document of each external provider can be read.</summary>
internal sealed class ExternalProvidersCheck(IOptions<AuthOptions> auth, IOptionsMonitor<OpenIdConnectOptions> schemes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failed = new List<string>();
        foreach (var (name, provider) in auth.Value.External)
        {
            if (provider.Kind != ExternalProviderKind.GitHub && !await IsReachableAsync(name, cancellationToken))
            {
                failed.Add(name);
            }
        }

        return (auth.Value.External.Count, failed.Count) switch
        {
            (0, _) => HealthCheckResult.Healthy("None is configured."),
            (_, 0) => Finding.Healthy(
                "The discovery documents can be read ({providers}).",
                ("providers", string.Join(", ", auth.Value.External.Keys))
            ),
            _ => Finding.Unhealthy(
                "The discovery document cannot be read: {providers}. Check Auth:External:NAME:Authority and the network path.",
                ("providers", string.Join(", ", failed))
            ),
        };
    }

    private async Task<bool> IsReachableAsync(string name, CancellationToken ct)
    {
        try
        {
            return await schemes.Get(ExternalSchemes.SchemeOf(name)).ConfigurationManager!.GetConfigurationAsync(ct) is not null;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException)
        {
            return false;
        }
    }
}
