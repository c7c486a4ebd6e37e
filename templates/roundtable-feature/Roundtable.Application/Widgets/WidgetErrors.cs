using Roundtable.Application.Common;

namespace Roundtable.Application.Widgets;

public static class WidgetErrors
{
    /// <summary>Also for those of other users.</summary>
    public static Error NotFound(string id) => Errors.NotFound("wid get", id);
}
