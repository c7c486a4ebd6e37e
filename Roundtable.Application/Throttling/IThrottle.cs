namespace Roundtable.Application.Throttling;

/// <summary>Counts events per account or address in the database, alike for all instances.</summary>
public interface IThrottle
{
    /// <summary>
    /// Counts one event; false, and nothing counted, when <paramref name="limit"/> happened within <paramref name="window"/> already.
    /// </summary>
    /// <param name="kind">What is counted, such as <c>magic-link</c>.</param>
    /// <param name="subject">Whose, such as the normalised address.</param>
    Task<bool> TryHitAsync(string kind, string subject, int limit, TimeSpan window, CancellationToken ct);

    /// <summary>Forgets everything counted for the subject.</summary>
    Task ClearAsync(string subject, CancellationToken ct);
}
