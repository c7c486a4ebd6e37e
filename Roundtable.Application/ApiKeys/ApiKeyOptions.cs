namespace Roundtable.Application.ApiKeys;

/// <summary>Limits API keys.</summary>
public sealed class ApiKeyOptions
{
    public const string SectionName = "ApiKeys";

    /// <summary>The longest time that a key can be valid, in whole days. Default: 365 days.</summary>
    public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How many valid keys a user or a service account can have. Default: 25.</summary>
    public int MaxPerUser { get; set; } = 25;

    /// <summary>The longest lifetime in days.</summary>
    internal int MaxDays => (int)MaxLifetime.TotalDays;
}
