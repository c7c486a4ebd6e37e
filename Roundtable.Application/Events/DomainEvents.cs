using Roundtable.Application.Common;

namespace Roundtable.Application.Events;

/// <summary>Collects the events of the running transaction: published after commit, discarded on rollback.</summary>
[ScopedService]
public sealed class DomainEvents
{
    private readonly List<RaisedEvent> raised = [];

    public IReadOnlyList<RaisedEvent> Pending => raised;

    public void Raise(RaisedEvent e) => raised.Add(e);

    public void Clear() => raised.Clear();

    /// <summary>Returns the pending events and clears them.</summary>
    public IReadOnlyList<RaisedEvent> Take()
    {
        RaisedEvent[] all = [.. raised];
        raised.Clear();
        return all;
    }
}

/// <summary>A domain event with its metadata.</summary>
/// <param name="Id">The id of the audit entry for the same event.</param>
/// <param name="Type">One of <see cref="EventTypes.All"/>.</param>
/// <param name="OccurredAtUtc">The time (UTC).</param>
/// <param name="ActorId">The user who caused the event, or the impersonating admin; null for commands and anonymous callers.</param>
public sealed record RaisedEvent(string Id, string Type, DateTime OccurredAtUtc, string? ActorId, IDomainEvent Event);
