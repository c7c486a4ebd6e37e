namespace Roundtable.Domain.Throttling;

/// <summary>
/// A sliding-window counter in the database, shared by all instances. A save succeeds only if <see cref="Version"/> is unchanged since
/// the read.
/// </summary>
public sealed class Throttle
{
    public const int KeyMaxLength = 100;

    private Throttle() { }

    public string Key { get; private set; } = null!;

    /// <summary>The owner of the throttle, if known, so that the row is deleted with the account.</summary>
    public string Subject { get; private set; } = null!;

    /// <summary>The times of the counted events: Unix milliseconds separated by spaces, oldest first.</summary>
    public string Hits { get; private set; } = "";

    public DateTime ExpiresAtUtc { get; private set; }

    public int Version { get; private set; }

    public static Throttle For(string key, string subject) => new() { Key = key, Subject = subject };

    /// <summary>Counts one more event, unless <paramref name="limit"/> events already occurred within <paramref name="window"/>.</summary>
    public bool TryHit(int limit, TimeSpan window, DateTime nowUtc)
    {
        var recent = Recent(window, nowUtc);
        if (recent.Count >= limit)
        {
            return false;
        }

        Hits = string.Join(' ', recent.Append(new DateTimeOffset(nowUtc).ToUnixTimeMilliseconds()));
        ExpiresAtUtc = nowUtc + window;
        Version++;
        return true;
    }

    /// <summary>
    /// Returns when the next event is counted: now, or when the oldest of the last <paramref name="limit"/> leaves the window.
    /// </summary>
    public DateTime NextHit(int limit, TimeSpan window, DateTime nowUtc)
    {
        var recent = Recent(window, nowUtc);
        return recent.Count < limit ? nowUtc : DateTimeOffset.FromUnixTimeMilliseconds(recent[^limit]).UtcDateTime + window;
    }

    private List<long> Recent(TimeSpan window, DateTime nowUtc)
    {
        var now = new DateTimeOffset(nowUtc).ToUnixTimeMilliseconds();
        return
        [
            .. Hits.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(h => long.Parse(h, System.Globalization.CultureInfo.InvariantCulture))
                .Where(h => IsRecent(h, now, (long)window.TotalMilliseconds)),
        ];
    }

    // A hit more than a window in the future was counted before the clock was set back. It would count for as long as the clock was wrong.
    private static bool IsRecent(long hit, long now, long span) => hit > now - span && hit < now + span;
}
