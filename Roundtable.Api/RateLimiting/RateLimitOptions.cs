namespace Roundtable.Api.RateLimiting;

/// <summary>Limits the number of requests per caller.</summary>
public sealed class RateLimitOptions
{
    public const string SectionName = "RateLimiting";

    /// <summary>Whether requests are limited. Per-account counters in the database stay active. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>All requests with a session per user or, if signed out, per IP address. Default: 300 a minute.</summary>
    public RateLimit Api { get; init; } = new() { Permits = 300, Window = TimeSpan.FromMinutes(1) };

    /// <summary>Sign-in attempts and requests for mail, per IP address. Default: 20 in 15 minutes.</summary>
    public RateLimit Auth { get; init; } = new() { Permits = 20, Window = TimeSpan.FromMinutes(15) };

    /// <summary>Exports of own data and of admin files, and actions on all matching users, per user. Default: 10 in 15 minutes.</summary>
    public RateLimit Export { get; init; } = new() { Permits = 10, Window = TimeSpan.FromMinutes(15) };

    /// <summary>Uploads of pictures, per user. Default: 20 in 15 minutes.</summary>
    public RateLimit Upload { get; init; } = new() { Permits = 20, Window = TimeSpan.FromMinutes(15) };

    /// <summary>Requests for users' pictures, per user. Default: 3000 a minute.</summary>
    public RateLimit Picture { get; init; } = new() { Permits = 3000, Window = TimeSpan.FromMinutes(1) };

    /// <summary>Requests with an API key, per key. Default: 600 a minute.</summary>
    public RateLimit ApiKey { get; init; } = new() { Permits = 600, Window = TimeSpan.FromMinutes(1) };

    public sealed class RateLimit
    {
        /// <summary>
        /// The number of requests per window. Default: 300 (Api), 20 (Auth, Upload), 10 (Export), 3000 (Picture), 600 (ApiKey).
        /// </summary>
        public int Permits { get; set; }

        /// <summary>The length of the window. Default: 1 minute (Api, ApiKey, Picture), 15 minutes (Auth, Export, Upload).</summary>
        public TimeSpan Window { get; set; }
    }
}
