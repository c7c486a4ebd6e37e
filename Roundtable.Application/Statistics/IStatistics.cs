using Roundtable.Domain.Statistics;

namespace Roundtable.Application.Statistics;

/// <summary>Counts metrics by day.</summary>
public interface IStatistics
{
    /// <summary>Adds to the metric at the end of the running transaction.</summary>
    void Count(Metric metric, int times = 1);

    /// <summary>Lists the counts from the first to the last day, inclusive; days and metrics without counts are omitted.</summary>
    Task<IReadOnlyList<DailyCount>> ListAsync(int firstDay, int lastDay, CancellationToken ct);
}
