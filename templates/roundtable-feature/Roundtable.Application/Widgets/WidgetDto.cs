using System.Text.Json.Serialization;
using Roundtable.Application.Common;

namespace Roundtable.Application.Widgets;

/// <summary>A wid get.</summary>
public sealed record WidgetDto : IVersioned
{
    /// <summary>Its id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The id of the owner.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f700</example>
    public required string OwnerId { get; init; }

    /// <summary>Its name.</summary>
    /// <example>First draft</example>
    public required string Name { get; init; }

    /// <summary>Its description.</summary>
    /// <example>Begun on a Monday</example>
    public required string? Description { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last changed (UTC).</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>Returned in the ETag header, not in the body.</summary>
    [JsonIgnore]
    public int Version { get; init; }
}
