namespace Roundtable.Api.RateLimiting;

/// <summary>How many requests one caller may make.</summary>
public sealed class RateLimitOptions
{
    public const string SectionName = "RateLimiting";

    /// <summary>Whether requests are limited. What is counted per account in the database stays on. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>All requests of a user or, signed out, of an address. Default: 300 a minute.</summary>
    public RateLimit Api { get; init; } = new() { Permits = 300, Window = TimeSpan.FromMinutes(1) };

    /// <summary>Attempts to sign in and requests for mail, of an address. Default: 20 in 15 minutes.</summary>
    public RateLimit Auth { get; init; } = new() { Permits = 20, Window = TimeSpan.FromMinutes(15) };

    /// <summary>Exports, one's own data and an admin's files, of a user. Default: 10 in 15 minutes.</summary>
    public RateLimit Export { get; init; } = new() { Permits = 10, Window = TimeSpan.FromMinutes(15) };

    public sealed class RateLimit
    {
        /// <summary>How many requests within the window. Default: 300 (Api), 20 (Auth), 10 (Export).</summary>
        public int Permits { get; set; }

        /// <summary>The length of the window. Default: 1 minute (Api), 15 minutes (Auth, Export).</summary>
        public TimeSpan Window { get; set; }
    }
}
