using Roundtable.Application.Common;
using Roundtable.Domain.Widgets;

namespace Roundtable.Application.Widgets;

/// <summary>
/// Stores the wid gets. <c>Load…</c> returns an entity to change within a unit of work, <c>Read…</c> what an answer shows. If an owner
/// is given, those of other users count as absent.
/// </summary>
public interface IWidgetRepository
{
    void Add(Widget added);

    void Remove(Widget removed);

    Task<Widget?> LoadAsync(string id, string? ownerId, CancellationToken ct);

    Task<WidgetDto?> ReadAsync(string id, string? ownerId, CancellationToken ct);

    /// <summary>Returns all of one owner, oldest first.</summary>
    Task<IReadOnlyList<WidgetDto>> ReadAllAsync(string ownerId, CancellationToken ct);

    /// <summary>Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<WidgetDto>>> ListAsync(string? ownerId, WidgetOrder order, PageRequest page, CancellationToken ct);
}

/// <summary>The sort order of a list of wid gets.</summary>
public sealed record WidgetOrder(WidgetSort Sort, bool Descending);

/// <summary>The fields that wid gets can be sorted by.</summary>
public enum WidgetSort
{
    CreatedAt,
    Name,
}
