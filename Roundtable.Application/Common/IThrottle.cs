namespace Roundtable.Application.Common;

/// <summary>Counts events per account or address in the database, shared by all instances.</summary>
public interface IThrottle
{
    /// <summary>
    /// Counts one event; false, without counting, if <paramref name="limit"/> events already occurred within
    /// <paramref name="window"/>.
    /// </summary>
    /// <param name="kind">The kind of event, such as <c>magic-link</c>.</param>
    /// <param name="subject">The subject, such as the normalised address.</param>
    Task<bool> TryHitAsync(string kind, string subject, int limit, TimeSpan window, CancellationToken ct);

    /// <summary>Returns when <see cref="TryHitAsync"/> next counts an event (UTC); the current time if it would now.</summary>
    Task<DateTime> NextHitAsync(string kind, string subject, int limit, TimeSpan window, CancellationToken ct);

    /// <summary>Clears all counts of the subject.</summary>
    Task ClearAsync(string subject, CancellationToken ct);
}
