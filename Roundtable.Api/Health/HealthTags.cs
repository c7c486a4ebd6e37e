namespace Roundtable.Api.Health;

/// <summary>Who a health check is for; what stands before the colon in its name.</summary>
internal static class HealthTags
{
    /// <summary>Balancers: <c>/health/ready</c>.</summary>
    public const string Ready = "ready";

    /// <summary>Admins: <c>GET /api/v1/admin/health</c>. Cheap enough to be asked for every few seconds.</summary>
    public const string Details = "details";

    /// <summary>Whoever runs the command <c>doctor</c>. May read everything and call others.</summary>
    public const string Doctor = "doctor";
}
