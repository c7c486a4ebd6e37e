using Roundtable.Application.Common;

namespace Roundtable.Application.Accounts;

public static class AccountErrors
{
    /// <summary>One answer for every failed sign-in.</summary>
    public static readonly Error InvalidCredentials = new(
        "invalid_credentials",
        ErrorKind.Unauthenticated,
        "That did not work. Check what you typed, or sign in with a link by mail."
    );

    public static readonly Error TwoFactorRequired = new(
        "two_factor_required",
        ErrorKind.Forbidden,
        "A code from your authenticator app is needed too."
    );

    public static readonly Error OldAddressTaken = new(
        "conflict",
        ErrorKind.Conflict,
        "Another account has the old address and cannot be removed. Ask an administrator; the link stays good until it expires."
    );

    public static readonly Error TwoFactorOn = new(
        "conflict",
        ErrorKind.Conflict,
        "Two-factor sign-in is on already. Turn it off first to set it up anew."
    );

    public static readonly Error TwoFactorOff = new("conflict", ErrorKind.Conflict, "Two-factor sign-in is not set up.");
}
