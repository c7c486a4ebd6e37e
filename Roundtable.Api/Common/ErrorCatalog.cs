using System.Collections.Frozen;

namespace Roundtable.Api.Common;

/// <summary>An error that the API can return.</summary>
/// <param name="Code">The stable snake_case code that clients branch on.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Meaning">When it is returned, in one sentence.</param>
internal sealed record CatalogedError(string Code, int Status, string Meaning);

/// <summary>All error codes with their status, for middleware and the API document.</summary>
internal static class ErrorCatalog
{
    public static readonly FrozenDictionary<string, CatalogedError> All = new CatalogedError[]
    {
        new("validation_failed", 400, "A member or parameter is missing, unknown or not valid; `errors` says which and why."),
        new("malformed_json", 400, "The body is not valid JSON."),
        new("invalid_cursor", 400, "The cursor does not belong to this list in this order."),
        new("invalid_token", 400, "The token is unknown, used, expired or replaced by a newer one."),
        new("invalid_callback", 400, "The callback is neither a local path nor an address of a trusted origin."),
        new("external_failed", 400, "The sign-in with an external provider failed."),
        new("bad_request", 400, "The request cannot be understood."),
        new("unauthenticated", 401, "There is no session, or it has ended; or the API key is not valid."),
        new("invalid_credentials", 401, "The sign-in failed. The error is the same for every reason."),
        new("forbidden", 403, "It needs a permission that the caller does not have."),
        new("csrf_rejected", 403, "The request comes from a page of another site that is not trusted."),
        new("other_browser", 403, "The link works only in the browser that requested it; it remains valid."),
        new("user_banned", 403, "The account is banned; `context` holds the reason and when it ends."),
        new("session_not_fresh", 403, "The last sign-in is too long ago: sign in again or re-authenticate first."),
        new("sign_up_closed", 403, "There is no account for this login, and new accounts are not created."),
        new("not_while_impersonating", 403, "This is not allowed while impersonating a user."),
        new("two_factor_required", 403, "It needs the second factor first."),
        new("not_found", 404, "The resource does not exist or belongs to another user."),
        new("method_not_allowed", 405, "This endpoint does not support this HTTP method."),
        new("request_timeout", 408, "The body did not arrive in time."),
        new("email_taken", 409, "An account with this address already exists."),
        new("link_required", 409, "An account with this address exists: its owner signs in in another way to connect the login."),
        new("last_admin", 409, "It would leave no admin who can sign in."),
        new("other_user", 409, "The session belongs to another user than `X-Expected-User` names; nothing was done or read."),
        new("not_on_yourself", 409, "Admins cannot do this to themselves."),
        new("conflict", 409, "It contradicts the state that the resource is in."),
        new("stale_version", 412, "The resource has changed since the version in `If-Match`."),
        new("payload_too_large", 413, "The body is too large for this endpoint."),
        new("unsupported_media_type", 415, "The body has a media type that is not accepted here."),
        new("rate_limited", 429, "Too many requests; `Retry-After` says when to try again."),
        new("internal_error", 500, "Something went wrong on our side."),
        new("unavailable", 503, "The service cannot answer now; `Retry-After` says when to try again."),
    }.ToFrozenDictionary(e => e.Code, StringComparer.Ordinal);

    public static CatalogedError Find(string code) =>
        All.TryGetValue(code, out var error)
            ? error
            : throw new InvalidOperationException($"The error code '{code}' is not in {nameof(ErrorCatalog)}.");
}
