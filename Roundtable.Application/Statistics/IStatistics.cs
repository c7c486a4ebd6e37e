using Roundtable.Domain.Statistics;

namespace Roundtable.Application.Statistics;

/// <summary>Counts by day.</summary>
public interface IStatistics
{
    /// <summary>Counts one more of each within the running transaction.</summary>
    Task CountAsync(IReadOnlyCollection<Metric> metrics, CancellationToken ct) => CountAsync(metrics, 1, ct);

    /// <summary>Counts so many more of each within the running transaction.</summary>
    Task CountAsync(IReadOnlyCollection<Metric> metrics, int times, CancellationToken ct);

    /// <summary>The counts of the days, first and last included; days and metrics without any are left out.</summary>
    Task<IReadOnlyList<DailyCount>> ListAsync(int firstDay, int lastDay, CancellationToken ct);
}
