using Roundtable.Application.Common;
using Roundtable.Domain.Widgets;

namespace Roundtable.Application.Widgets;

/// <summary>
/// The wid gets. <c>Load…</c> gives an entity to change within a unit of work, <c>Read…</c> what an answer shows. Where an owner is
/// given, those of others are not there.
/// </summary>
public interface IWidgetRepository
{
    void Add(Widget added);

    void Remove(Widget removed);

    Task<Widget?> LoadAsync(string id, string? ownerId, CancellationToken ct);

    Task<WidgetDto?> ReadAsync(string id, string? ownerId, CancellationToken ct);

    /// <summary>All of one owner, oldest first.</summary>
    Task<IReadOnlyList<WidgetDto>> ReadAllAsync(string ownerId, CancellationToken ct);

    /// <summary>Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<WidgetDto>>> ListAsync(string? ownerId, WidgetOrder order, PageRequest page, CancellationToken ct);
}

/// <summary>In which order wid gets are listed.</summary>
public sealed record WidgetOrder(WidgetSort Sort, bool Descending);

/// <summary>By what wid gets can be sorted.</summary>
public enum WidgetSort
{
    CreatedAt,
    Name,
}
