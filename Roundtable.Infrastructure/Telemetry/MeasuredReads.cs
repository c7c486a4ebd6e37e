using System.Diagnostics;
using Roundtable.Application.Sessions;
using Roundtable.Application.Telemetry;
using Roundtable.Application.Users;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Infrastructure.Telemetry;

/// <summary>Times the prepared reads, as a histogram and as spans, which EF Core knows nothing of, while somebody wants to know.</summary>
internal sealed class MeasuredReads(SqlitePreparedReads reads, RoundtableMetrics metrics) : ICurrentSessions, IUserReader
{
    private const string Operation = "SELECT";

    public Task<CurrentSession?> FindAsync(string keyHash, DateTime nowUtc, CancellationToken ct) =>
        metrics.TimesStatements ? TimeAsync(() => reads.FindAsync(keyHash, nowUtc, ct)) : reads.FindAsync(keyHash, nowUtc, ct);

    public Task<UserDto?> ReadAsync(string id, CancellationToken ct) =>
        metrics.TimesStatements ? TimeAsync(() => reads.ReadAsync(id, ct)) : reads.ReadAsync(id, ct);

    public Task<List<UserDto>> ReadPageAsync(SqliteUserPage page, DateTime nowUtc) =>
        metrics.TimesStatements ? TimeAsync(() => reads.ReadPageAsync(page, nowUtc)) : reads.ReadPageAsync(page, nowUtc);

    public Task<List<string>> FindCandidatesAsync(string expression, int max) =>
        metrics.TimesStatements ? TimeAsync(() => reads.FindCandidatesAsync(expression, max)) : reads.FindCandidatesAsync(expression, max);

    private async Task<T> TimeAsync<T>(Func<Task<T>> read)
    {
        using var span = StatementTimes.StartSpan(StatementTimes.Sqlite, Operation);
        var started = Stopwatch.GetTimestamp();
        var found = await read();
        metrics.Statement(StatementTimes.Sqlite, Operation, Stopwatch.GetElapsedTime(started));
        return found;
    }
}
