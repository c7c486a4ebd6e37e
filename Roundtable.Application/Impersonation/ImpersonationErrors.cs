using Roundtable.Application.Common;

namespace Roundtable.Application.Impersonation;

public static class ImpersonationErrors
{
    public static readonly Error NotThisUser = new("forbidden", ErrorKind.Forbidden, "You cannot impersonate this user.");
    public static readonly Error NotImpersonating = new("conflict", ErrorKind.Conflict, "You are not impersonating a user.");
}
