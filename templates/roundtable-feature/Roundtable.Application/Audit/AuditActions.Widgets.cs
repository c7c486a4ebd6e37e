namespace Roundtable.Application.Audit;

/// <content>The audit actions of wid gets.</content>
public static partial class AuditActions
{
    public const string WidgetCreated = "widget.created";
    public const string WidgetUpdated = "widget.updated";
    public const string WidgetDeleted = "widget.deleted";
}
