namespace Roundtable.Domain.Roles;

/// <content>Permissions for other users' wid gets; users need none for their own.</content>
public static partial class Permissions
{
    public const string WidgetsRead = "wid-gets:read";
    public const string WidgetsWrite = "wid-gets:write";
}
