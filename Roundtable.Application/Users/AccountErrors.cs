using Roundtable.Application.Common;

namespace Roundtable.Application.Users;

public static class AccountErrors
{
    /// <summary>The same error for every failed sign-in.</summary>
    public static readonly Error InvalidCredentials = new(
        "invalid_credentials",
        ErrorKind.Unauthenticated,
        "The sign-in failed. Check your input, or sign in with an e-mailed link."
    );

    public static readonly Error TwoFactorRequired = new(
        "two_factor_required",
        ErrorKind.Forbidden,
        "A code from your authenticator app is also required."
    );

    public static readonly Error OldAddressTaken = new(
        "conflict",
        ErrorKind.Conflict,
        "Another account has the old address and cannot be removed. Ask an administrator; the link remains valid until it expires."
    );

    public static readonly Error TwoFactorOn = new(
        "conflict",
        ErrorKind.Conflict,
        "Two-factor sign-in is already on. Turn it off before you set it up again."
    );

    public static readonly Error TwoFactorOff = new("conflict", ErrorKind.Conflict, "Two-factor sign-in is not set up.");
}
