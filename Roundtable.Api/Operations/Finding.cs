using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Roundtable.Api.Operations;

/// <summary>A check's result whose sentence names values, apart from the sentence, so that the dashboard can translate it.</summary>
internal static class Finding
{
    /// <summary>The sentence with <c>{names}</c> in place of the values.</summary>
    public const string Template = "template";

    /// <summary>Where something lies on the server. Only the command <c>doctor</c> shows it.</summary>
    public const string Path = "path";

    public static HealthCheckResult Of(HealthStatus status, string template, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var data = new Dictionary<string, object> { [Template] = template };
        var text = template;
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                data[name] = value;
                text = text.Replace($"{{{name}}}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
            }
        }

        return new HealthCheckResult(status, text, null, data);
    }

    public static HealthCheckResult Healthy(string template, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Of(HealthStatus.Healthy, template, values);

    public static HealthCheckResult Degraded(string template, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Of(HealthStatus.Degraded, template, values);

    public static HealthCheckResult Unhealthy(string template, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Of(HealthStatus.Unhealthy, template, values);
}
