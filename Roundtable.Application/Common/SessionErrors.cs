namespace Roundtable.Application.Common;

public static class SessionErrors
{
    public static readonly Error NotFresh = new(
        "session_not_fresh",
        ErrorKind.Forbidden,
        "Sign in again to do this: your last sign-in is too long ago."
    );
    public static readonly Error NotWhileImpersonating = new(
        "not_while_impersonating",
        ErrorKind.Forbidden,
        "This is not allowed while impersonating a user."
    );

    public static Error NotFreshFor(Caller caller) =>
        caller is ApiKeyCaller
            ? NotFresh with
            {
                Message = "This requires a recent sign-in, which the API key of a user is not.",
            }
            : NotFresh;

    public static Error NotFound(string id) => Errors.NotFound("session", id);
}
