namespace Roundtable.Domain.Statistics;

/// <summary>How often something happened on a day: counted as it happens, so that charts scan nothing.</summary>
public sealed class DailyCount
{
    private DailyCount() { }

    /// <summary>The UTC day, as yyyymmdd.</summary>
    public int Day { get; private set; }

    public Metric Metric { get; private set; }

    public int Count { get; private set; }

    public static DailyCount First(int day, Metric metric, int times = 1) =>
        new()
        {
            Day = day,
            Metric = metric,
            Count = times,
        };
}

/// <summary>What is counted by day.</summary>
public enum Metric
{
    SignUps,
    SignInsByMagicLink,
    SignInsByPassword,
    SignInsByPasskey,

    /// <summary>Users seen at least once on the day.</summary>
    ActiveUsers,

    /// <summary>Sessions used at least once on the day.</summary>
    ActiveSessions,
    Bans,
    EmailsSent,
    EmailsFailed,
}
