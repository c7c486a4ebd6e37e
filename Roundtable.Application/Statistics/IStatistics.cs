using Roundtable.Domain.Statistics;

namespace Roundtable.Application.Statistics;

/// <summary>Counts metrics by day.</summary>
public interface IStatistics
{
    /// <summary>Adds to the metric at the end of the running transaction.</summary>
    void Count(Metric metric, int times = 1);

    /// <summary>Lists the counts from the first to the last day, inclusive; days and metrics without counts are omitted.</summary>
    Task<IReadOnlyList<DailyCount>> ListAsync(int firstDay, int lastDay, CancellationToken ct);

    /// <summary>Counts failed sign-ins in the audit log: those from the first to the second time, and from then to the third.</summary>
    Task<(int Before, int Within)> CountFailedSignInsAsync(DateTime beforeUtc, DateTime fromUtc, DateTime toUtc, CancellationToken ct);

    /// <summary>Counts what exists now.</summary>
    Task<NowDto> CountNowAsync(CancellationToken ct);
}
