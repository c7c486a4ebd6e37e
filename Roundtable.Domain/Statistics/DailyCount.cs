namespace Roundtable.Domain.Statistics;

/// <summary>The number of events of a kind on one day. Events are counted as they occur, so that charts need no scans.</summary>
public sealed class DailyCount
{
    private DailyCount() { }

    /// <summary>The UTC day, as yyyymmdd.</summary>
    public int Day { get; private set; }

    public Metric Metric { get; private set; }

    public int Count { get; private set; }

    public static DailyCount Create(int day, Metric metric, int times = 1) =>
        new()
        {
            Day = day,
            Metric = metric,
            Count = times,
        };
}

/// <summary>The metrics counted per day.</summary>
public enum Metric
{
    SignUps,
    SignInsByMagicLink,
    SignInsByPassword,
    SignInsByPasskey,
    SignInsByExternal,

    /// <summary>Users seen at least once on the day.</summary>
    ActiveUsers,

    /// <summary>Sessions used at least once on the day.</summary>
    ActiveSessions,
    Bans,
    EmailsSent,
    EmailsFailed,

    /// <summary>Those of <see cref="EmailsSent"/> that a mail server accepted.</summary>
    EmailsBySmtp,

    /// <summary>Those of <see cref="EmailsSent"/> that SendGrid accepted.</summary>
    EmailsBySendGrid,
}
