namespace Roundtable.Api.Operations;

/// <summary>The audience of a health check, which is the prefix of its name.</summary>
internal static class HealthTags
{
    /// <summary>Load balancers: <c>/health/ready</c>.</summary>
    public const string Ready = "ready";

    /// <summary>Admins: <c>GET /api/v1/admin/health</c>. Cheap enough to be polled every few seconds.</summary>
    public const string Details = "details";

    /// <summary>The command <c>doctor</c>. May read everything and call other systems.</summary>
    public const string Doctor = "doctor";

    /// <summary>Admins too: <c>GET /api/v1/admin/health/findings</c>, which runs the checks of <see cref="Doctor"/> as well.</summary>
    public const string Findings = "findings";

    /// <summary>What a new installation still needs: <c>GET /api/v1/admin/health/setup</c>. Healthy means done.</summary>
    public const string Setup = "setup";
}
