using System.Collections.Frozen;
using System.Reflection;

namespace Roundtable.Application.Events;

/// <summary>An account event, published after its transaction commits. A record with <see cref="EventTypeAttribute"/>.</summary>
public interface IDomainEvent;

/// <summary>The public name of an event, which is also its audit action.</summary>
/// <param name="name">Dotted, in the past tense, never changed after release.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// Marks a name, an address or user-written text. Only callers who may read users see it; webhooks without that right omit it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UserDataAttribute : Attribute;

/// <summary>All event types.</summary>
public static class EventTypes
{
    private static readonly FrozenDictionary<Type, string> Names = typeof(EventTypes)
        .Assembly.GetTypes()
        .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IDomainEvent)))
        .ToFrozenDictionary(
            t => t,
            t =>
                t.GetCustomAttribute<EventTypeAttribute>()?.Name
                ?? throw new InvalidOperationException($"{t.Name} needs [EventType(\"…\")].")
        );

    public static readonly FrozenSet<string> All = Names.Values.ToFrozenSet(StringComparer.Ordinal);

    public static string Of(IDomainEvent e) => Names[e.GetType()];
}
