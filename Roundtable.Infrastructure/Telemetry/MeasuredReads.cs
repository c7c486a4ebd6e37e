using System.Diagnostics;
using Roundtable.Application.Sessions;
using Roundtable.Application.Telemetry;
using Roundtable.Application.Users;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Telemetry;

/// <summary>Times the prepared reads, which EF Core knows nothing of, while somebody wants to know.</summary>
internal sealed class MeasuredReads(IPreparedReads reads, RoundtableMetrics metrics) : IPreparedReads
{
    public (CurrentSession? Session, string? ImpersonatorSessionId) FindSession(string keyHash, DateTime nowUtc)
    {
        if (!metrics.TimesStatements)
        {
            return reads.FindSession(keyHash, nowUtc);
        }

        var started = Stopwatch.GetTimestamp();
        var found = reads.FindSession(keyHash, nowUtc);
        Record(started);
        return found;
    }

    public UserDto? ReadUser(string id, DateTime nowUtc)
    {
        if (!metrics.TimesStatements)
        {
            return reads.ReadUser(id, nowUtc);
        }

        var started = Stopwatch.GetTimestamp();
        var found = reads.ReadUser(id, nowUtc);
        Record(started);
        return found;
    }

    private void Record(long started) => metrics.Statement("sqlite", "SELECT", Stopwatch.GetElapsedTime(started));
}
