namespace Roundtable.Infrastructure.Common;

/// <summary>
/// How long workers rest before they look into the database again for what other processes did. What this one does they are told at once.
/// </summary>
/// <param name="Messages">Before they look for messages to send, and users to index.</param>
/// <param name="Subscriptions">Before they look for endpoints of web-hooks: one that another process made hears of nothing that happens
/// until then.</param>
public sealed record PollInterval(TimeSpan Messages, TimeSpan Subscriptions)
{
    /// <summary>On the same machine, where asking costs next to nothing.</summary>
    public static readonly PollInterval Local = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    /// <summary>Over a network: an idle process asks once in five seconds for everything.</summary>
    public static readonly PollInterval Remote = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15));
}
