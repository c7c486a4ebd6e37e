using Roundtable.Application.Common;

namespace Roundtable.Application.Events;

/// <summary>The events of the running transaction: told after its commit, forgotten when it rolls back.</summary>
[ScopedService]
public sealed class DomainEvents
{
    private readonly List<RaisedEvent> raised = [];

    public IReadOnlyList<RaisedEvent> Pending => raised;

    public void Raise(RaisedEvent e) => raised.Add(e);

    public void Clear() => raised.Clear();

    /// <summary>What is pending, which then no longer is.</summary>
    public IReadOnlyList<RaisedEvent> Take()
    {
        RaisedEvent[] all = [.. raised];
        raised.Clear();
        return all;
    }
}

/// <summary>An event with its circumstances.</summary>
/// <param name="Id">The id of the audit entry that records the same.</param>
/// <param name="Type">One of <see cref="EventTypes.All"/>.</param>
/// <param name="OccurredAtUtc">When.</param>
/// <param name="ActorId">The user who did it, an admin who acts in somebody's name included; null for commands and strangers.</param>
public sealed record RaisedEvent(string Id, string Type, DateTime OccurredAtUtc, string? ActorId, IDomainEvent Event);
