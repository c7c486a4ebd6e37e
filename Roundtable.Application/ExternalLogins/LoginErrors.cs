using Roundtable.Application.Common;

namespace Roundtable.Application.ExternalLogins;

public static class LoginErrors
{
    public static readonly Error Failed = new("external_failed", ErrorKind.BadRequest, "The sign-in with this provider failed. Try again.");

    public static readonly Error SignUpClosed = new(
        "sign_up_closed",
        ErrorKind.Forbidden,
        "There is no account for this login, and new accounts are not created."
    );

    public static readonly Error LinkRequired = new(
        "link_required",
        ErrorKind.Conflict,
        "An account with this address exists. Sign in to it in another way to connect the login."
    );

    /// <summary>The login belongs to another account, or the account already has one of this provider.</summary>
    public static readonly Error Conflict = new(
        "conflict",
        ErrorKind.Conflict,
        "This login belongs to another account, or your account already has a login of this provider."
    );

    public static readonly Error Unavailable = new(
        "unavailable",
        ErrorKind.Unavailable,
        "The provider cannot be reached. Try again later, or sign in in another way."
    );

    public static readonly Error NothingPending = new("not_found", ErrorKind.NotFound, "There is no login to connect.");

    public static Error NoProvider(string name) => Errors.NotFound("provider", name);

    public static Error NoLogin(string name) => Errors.NotFound("login", name);
}
