namespace Roundtable.Infrastructure.Common;

/// <summary>How often workers poll the database for changes of other processes. Changes of this process are signalled at once.</summary>
/// <param name="Messages">The interval for messages to send and users to index.</param>
/// <param name="Subscriptions">The interval for webhook endpoints: one that another process created receives no events until then.</param>
public sealed record PollInterval(TimeSpan Messages, TimeSpan Subscriptions)
{
    /// <summary>For a database on the same machine, where a query costs next to nothing.</summary>
    public static readonly PollInterval Local = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    /// <summary>For a database over a network: an idle process polls once in five seconds in total.</summary>
    public static readonly PollInterval Remote = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15));
}
