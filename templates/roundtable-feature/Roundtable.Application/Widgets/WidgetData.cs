using Roundtable.Application.Common;

namespace Roundtable.Application.Widgets;

/// <summary>A user's wid gets in the export of all data stored on them.</summary>
internal sealed class WidgetData(IWidgetRepository widgets) : IAccountData
{
    public string Name => "widgets";

    public async Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct) => await widgets.ReadAllAsync(userId, ct);
}
