using System.Collections.Frozen;
using System.Reflection;

namespace Roundtable.Application.Events;

/// <summary>
/// Something that happened to an account, told once its transaction has committed. A record with <see cref="EventTypeAttribute"/>.
/// </summary>
public interface IDomainEvent;

/// <summary>What an event is called outside: the audit log's word for what happened.</summary>
/// <param name="name">Dotted, past tense, never changed once released.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// A name, an address, or what people wrote, which only those may see who may read users: web-hooks that may not leave it out.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UserDataAttribute : Attribute;

/// <summary>The events there are.</summary>
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
