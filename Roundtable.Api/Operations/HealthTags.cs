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
}
