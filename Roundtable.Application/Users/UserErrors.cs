using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

public static class UserErrors
{
    public static readonly Error LastAdmin = new(
        "last_admin",
        ErrorKind.Conflict,
        "There must be an admin who can sign in. Make another user an admin first."
    );
    public static readonly Error NotOnYourself = new(
        "not_on_yourself",
        ErrorKind.Conflict,
        "Admins cannot do this to themselves. Ask another admin."
    );
    public static readonly Error Outranks = new(
        "forbidden",
        ErrorKind.Forbidden,
        "This user holds a permission that you do not have. Ask an admin who has it."
    );
    public static readonly Error EmailTaken = new("email_taken", ErrorKind.Conflict, "An account with this address already exists.");

    public static readonly Error OtherCount = new(
        "conflict",
        ErrorKind.Conflict,
        "The number of matching users has changed. Check them and confirm the new number."
    );

    public static Error NotFound(string id) => Errors.NotFound("user", id);

    public static Error Banned(User user) =>
        new Error("user_banned", ErrorKind.Forbidden, "This account is banned.")
            .WithDetail("reason", user.BanReason)
            .WithDetail("expiresAt", user.BannedUntilUtc == User.Forever ? null : user.BannedUntilUtc);
}
