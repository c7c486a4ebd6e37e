namespace Roundtable.Domain.Throttling;

/// <summary>
/// A sliding-window counter in the database, so that every instance counts alike. Changes are saved only while
/// <see cref="Version"/> is the one that was read.
/// </summary>
public sealed class Throttle
{
    public const int KeyMaxLength = 100;

    private Throttle() { }

    public string Key { get; private set; } = null!;

    /// <summary>Whose throttle it is, where known, so that it goes when the account goes.</summary>
    public string Subject { get; private set; } = null!;

    /// <summary>When the counted events happened: Unix milliseconds separated by spaces, oldest first.</summary>
    public string Hits { get; private set; } = "";

    public DateTime ExpiresAtUtc { get; private set; }

    public int Version { get; private set; }

    public static Throttle For(string key, string subject) => new() { Key = key, Subject = subject };

    /// <summary>Counts one more event, unless <paramref name="limit"/> happened within <paramref name="window"/> already.</summary>
    public bool TryHit(int limit, TimeSpan window, DateTime nowUtc)
    {
        var now = new DateTimeOffset(nowUtc).ToUnixTimeMilliseconds();
        var span = (long)window.TotalMilliseconds;
        var recent = Hits.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(h => IsRecent(long.Parse(h, System.Globalization.CultureInfo.InvariantCulture), now, span))
            .ToList();
        if (recent.Count >= limit)
        {
            return false;
        }

        Hits = string.Join(' ', recent.Append(now.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        ExpiresAtUtc = nowUtc + window;
        Version++;
        return true;
    }

    // What lies further ahead than a window was counted by a clock that has been set back since: it would count for as long as that went
    // wrong.
    private static bool IsRecent(long hit, long now, long span) => hit > now - span && hit < now + span;
}
