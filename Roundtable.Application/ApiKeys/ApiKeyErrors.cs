using Roundtable.Application.Common;

namespace Roundtable.Application.ApiKeys;

public static class ApiKeyErrors
{
    public static readonly Error Invalid = new(
        "unauthenticated",
        ErrorKind.Unauthenticated,
        "The API key is not valid, or it may not be used from this address."
    );

    public static readonly Error NotWithKey = new("forbidden", ErrorKind.Forbidden, "API keys cannot do this. Sign in to do it.");

    public static readonly Error NoOwnAccount = new("forbidden", ErrorKind.Forbidden, "A service account has no profile of its own.");

    public static readonly Error NotLive = new("conflict", ErrorKind.Conflict, "The API key has expired or was revoked. Create a new one.");

    public static Error NotFound(string id) => Errors.NotFound("API key", id);

    public static Error TooMany(int max) =>
        new Error("conflict", ErrorKind.Conflict, $"The limit of {max} API keys is reached. Revoke one first.").WithDetail("max", max);
}
