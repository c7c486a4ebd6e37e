using Roundtable.Domain.Statistics;

namespace Roundtable.Application.Statistics;

/// <summary>Counts by day.</summary>
public interface IStatistics
{
    /// <summary>Counts so many more at the end of the running transaction.</summary>
    void Count(Metric metric, int times = 1);

    /// <summary>The counts of the days, first and last included; days and metrics without any are left out.</summary>
    Task<IReadOnlyList<DailyCount>> ListAsync(int firstDay, int lastDay, CancellationToken ct);
}
