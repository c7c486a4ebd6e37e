using Roundtable.Application.Common;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Statistics;

namespace Roundtable.Application.Statistics;

/// <summary>Provides figures for charts.</summary>
[ScopedService]
public sealed class StatisticsService(IStatistics statistics, TimeProvider clock)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 366;

    /// <summary>Returns daily figures, both ends included; the last 30 days by default. Errors: <c>validation_failed</c>.</summary>
    public async Task<Result<StatsDto>> GetAsync(DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        var last = to ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = from ?? (last.DayNumber < DefaultDays ? DateOnly.MinValue : last.AddDays(1 - DefaultDays));
        if (first > last || last.DayNumber - first.DayNumber >= MaxDays)
        {
            return Errors.Invalid(
                "from",
                new FieldError("period", $"The period must begin before it ends and have at most {MaxDays} days.", Max: MaxDays)
            );
        }

        var counts = (await statistics.ListAsync(Key(first), Key(last), ct)).ToLookup(c => c.Day);
        var days = Enumerable
            .Range(0, last.DayNumber - first.DayNumber + 1)
            .Select(n => first.AddDays(n))
            .Select(d => Day(d, [.. counts[Key(d)]]))
            .ToList();
        return new StatsDto
        {
            From = first,
            To = last,
            Days = days,
            Totals = Totals(days),
        };
    }

    private static int Key(DateOnly day) => AuditChain.DayOf(day.ToDateTime(TimeOnly.MinValue));

    private static DayStatsDto Day(DateOnly date, IReadOnlyList<DailyCount> counts)
    {
        int Of(Metric metric) => counts.FirstOrDefault(c => c.Metric == metric)?.Count ?? 0;
        return new DayStatsDto
        {
            Date = date,
            SignUps = Of(Metric.SignUps),
            SignIns = new SignInsDto(
                Of(Metric.SignInsByMagicLink),
                Of(Metric.SignInsByPassword),
                Of(Metric.SignInsByPasskey),
                Of(Metric.SignInsByExternal)
            ),
            ActiveUsers = Of(Metric.ActiveUsers),
            ActiveSessions = Of(Metric.ActiveSessions),
            Bans = Of(Metric.Bans),
            EmailsSent = Of(Metric.EmailsSent),
            EmailsFailed = Of(Metric.EmailsFailed),
        };
    }

    private static TotalsDto Totals(IReadOnlyList<DayStatsDto> days) =>
        new()
        {
            SignUps = days.Sum(d => d.SignUps),
            SignIns = new SignInsDto(
                days.Sum(d => d.SignIns.MagicLink),
                days.Sum(d => d.SignIns.Password),
                days.Sum(d => d.SignIns.Passkey),
                days.Sum(d => d.SignIns.External)
            ),
            MostActiveUsers = days.Max(d => d.ActiveUsers),
            MostActiveSessions = days.Max(d => d.ActiveSessions),
            Bans = days.Sum(d => d.Bans),
            EmailsSent = days.Sum(d => d.EmailsSent),
            EmailsFailed = days.Sum(d => d.EmailsFailed),
        };
}
