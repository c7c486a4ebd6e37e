namespace Roundtable.Domain.Roles;

/// <content>What a role can allow with other people's wid gets; nobody needs a permission for their own.</content>
public static partial class Permissions
{
    public const string WidgetsRead = "wid-gets:read";
    public const string WidgetsWrite = "wid-gets:write";
}
