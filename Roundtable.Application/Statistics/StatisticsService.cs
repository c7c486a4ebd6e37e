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

    /// <summary>
    /// Returns daily figures, both ends included, of the last 30 days by default, and the totals of as many days before. Errors:
    /// <c>validation_failed</c>.
    /// </summary>
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

        var length = last.DayNumber - first.DayNumber + 1;
        var before = first.DayNumber < length ? DateOnly.MinValue : first.AddDays(-length);
        var counts = (await statistics.ListAsync(Key(before), Key(last), ct)).ToLookup(c => c.Day);
        var failed = await statistics.CountFailedSignInsAsync(Start(before), Start(first), End(last), ct);
        List<DayStatsDto> Days(DateOnly from, int count) =>
            [.. Enumerable.Range(0, count).Select(from.AddDays).Select(d => Day(d, [.. counts[Key(d)]]))];
        var days = Days(first, length);
        return new StatsDto
        {
            From = first,
            To = last,
            Days = days,
            Totals = Totals(days, failed.Within),
            Previous = Totals(Days(before, first.DayNumber - before.DayNumber), failed.Before),
            Now = await statistics.CountNowAsync(ct),
        };
    }

    private static DateTime Start(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private static DateTime End(DateOnly day) => day == DateOnly.MaxValue ? DateTime.MaxValue : Start(day.AddDays(1));

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

    private static TotalsDto Totals(IReadOnlyList<DayStatsDto> days, int failedSignIns) =>
        new()
        {
            FailedSignIns = failedSignIns,
            SignUps = days.Sum(d => d.SignUps),
            SignIns = new SignInsDto(
                days.Sum(d => d.SignIns.MagicLink),
                days.Sum(d => d.SignIns.Password),
                days.Sum(d => d.SignIns.Passkey),
                days.Sum(d => d.SignIns.External)
            ),
            MostActiveUsers = days.Select(d => d.ActiveUsers).DefaultIfEmpty().Max(),
            MostActiveSessions = days.Select(d => d.ActiveSessions).DefaultIfEmpty().Max(),
            Bans = days.Sum(d => d.Bans),
            EmailsSent = days.Sum(d => d.EmailsSent),
            EmailsFailed = days.Sum(d => d.EmailsFailed),
        };
}
