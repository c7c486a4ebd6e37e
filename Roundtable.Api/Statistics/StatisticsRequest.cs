namespace Roundtable.Api.Statistics;

/// <summary>The period.</summary>
public sealed record StatisticsRequest
{
    /// <summary>The first day (UTC); a time is truncated to its day. Default: 29 days before the last.</summary>
    public DateTime? From { get; init; }

    /// <summary>The last day (UTC); a time is truncated to its day. Default: today.</summary>
    public DateTime? To { get; init; }

    internal DateOnly? FirstDay => From is { } from ? DateOnly.FromDateTime(from) : null;

    internal DateOnly? LastDay => To is { } to ? DateOnly.FromDateTime(to) : null;
}
