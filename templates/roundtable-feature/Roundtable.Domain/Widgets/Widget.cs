using Roundtable.Domain.Common;

namespace Roundtable.Domain.Widgets;

/// <summary>A wid get; it belongs to a user.</summary>
public sealed class Widget
{
    public const int NameMaxLength = 100;
    public const int DescriptionMaxLength = 2000;

    private Widget() { }

    public string Id { get; private set; } = null!;

    /// <summary>The owner; deleting their account deletes the wid get.</summary>
    public string OwnerId { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    /// <summary><see cref="Name"/> with case folded, for sorting.</summary>
    public string NormalizedName { get; private set; } = null!;

    public string? Description { get; private set; }

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime UpdatedAtUtc { get; private set; }

    /// <summary>Counts changes; the entity tag and the concurrency token.</summary>
    public int Version { get; private set; }

    public static Widget Create(string ownerId, string name, string? description, DateTime nowUtc)
    {
        var made = new Widget
        {
            Id = EntityId.New(nowUtc),
            OwnerId = ownerId,
            CreatedAtUtc = nowUtc,
        };
        made.Change(name, description, nowUtc);
        return made;
    }

    public void Change(string name, string? description, DateTime nowUtc)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, NameMaxLength, nameof(name));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(description?.Length ?? 0, DescriptionMaxLength, nameof(description));
        (Name, NormalizedName, Description) = (name, name.ToUpperInvariant(), description);
        UpdatedAtUtc = nowUtc;
        Version++;
    }
}
