namespace Roundtable.Application.Statistics;

/// <summary>Daily figures for charts.</summary>
public sealed record StatsDto
{
    /// <summary>The first day.</summary>
    /// <example>2026-11-01</example>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    /// <example>2026-11-30</example>
    public required DateOnly To { get; init; }

    /// <summary>The totals of the period.</summary>
    public required TotalsDto Totals { get; init; }

    /// <summary>The totals of the period of the same length before.</summary>
    public required TotalsDto Previous { get; init; }

    /// <summary>What exists now, whatever the period.</summary>
    public required NowDto Now { get; init; }

    /// <summary>Each day of the period, in order.</summary>
    public required IReadOnlyList<DayStatsDto> Days { get; init; }
}

/// <summary>What exists at the time of the request.</summary>
/// <param name="Users">Accounts.</param>
/// <param name="Sessions">Sessions that have neither ended nor expired.</param>
public sealed record NowDto(int Users, int Sessions);

/// <summary>The figures of a UTC day.</summary>
public sealed record DayStatsDto
{
    /// <summary>The day.</summary>
    /// <example>2026-11-22</example>
    public required DateOnly Date { get; init; }

    /// <summary>Accounts created.</summary>
    public required int SignUps { get; init; }

    /// <summary>Completed sign-ins.</summary>
    public required SignInsDto SignIns { get; init; }

    /// <summary>Users seen at least once.</summary>
    public required int ActiveUsers { get; init; }

    /// <summary>Sessions used at least once.</summary>
    public required int ActiveSessions { get; init; }

    /// <summary>Users banned.</summary>
    public required int Bans { get; init; }

    /// <summary>E-mails sent.</summary>
    public required int EmailsSent { get; init; }

    /// <summary>E-mails that finally failed.</summary>
    public required int EmailsFailed { get; init; }
}

/// <summary>Sign-ins by their first step.</summary>
/// <param name="MagicLink">By a link.</param>
/// <param name="Password">By a password.</param>
/// <param name="Passkey">By a passkey.</param>
/// <param name="External">By an external provider.</param>
public sealed record SignInsDto(int MagicLink, int Password, int Passkey, int External);

/// <summary>A period's figures.</summary>
public sealed record TotalsDto
{
    /// <summary>Accounts created.</summary>
    public required int SignUps { get; init; }

    /// <summary>Completed sign-ins.</summary>
    public required SignInsDto SignIns { get; init; }

    /// <summary>Failed sign-ins, as the audit log has them.</summary>
    public required int FailedSignIns { get; init; }

    /// <summary>The most users seen on one day.</summary>
    public required int MostActiveUsers { get; init; }

    /// <summary>The most sessions used on one day.</summary>
    public required int MostActiveSessions { get; init; }

    /// <summary>Users banned.</summary>
    public required int Bans { get; init; }

    /// <summary>E-mails sent.</summary>
    public required int EmailsSent { get; init; }

    /// <summary>E-mails that finally failed.</summary>
    public required int EmailsFailed { get; init; }
}
