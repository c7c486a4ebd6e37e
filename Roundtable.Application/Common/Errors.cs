namespace Roundtable.Application.Common;

/// <summary>Errors that several features return.</summary>
public static class Errors
{
    public static readonly Error Unauthenticated = new("unauthenticated", ErrorKind.Unauthenticated, "Sign in first.");
    public static readonly Error InvalidCursor = new(
        "invalid_cursor",
        ErrorKind.BadRequest,
        "The cursor does not belong to this list. Start again without one."
    );
    public static readonly Error StaleVersion = new(
        "stale_version",
        ErrorKind.StaleVersion,
        "The resource has changed since it was read. Read it again, then repeat the change."
    );
    public static readonly Error Conflict = new(
        "conflict",
        ErrorKind.Conflict,
        "A concurrent request changed the same resource. Try again."
    );
    public static readonly Error ShuttingDown = new("unavailable", ErrorKind.Unavailable, "The server is shutting down. Try again later.");
    public static readonly Error Forbidden = new("forbidden", ErrorKind.Forbidden, "This needs a permission that you do not have.");

    /// <summary>The caller's API key lacks the scope, or the caller lacks the permission.</summary>
    public static Error Lacking(Caller caller, string permission) =>
        caller is ApiKeyCaller
            ? new Error("forbidden", ErrorKind.Forbidden, "The API key lacks this scope, or its owner lacks the permission.")
                .WithDetail("scope", permission)
                .WithDetail("permission", permission)
            : Forbidden.WithDetail("permission", permission);

    public static Error NotFound(string resource, string id) =>
        new Error("not_found", ErrorKind.NotFound, $"There is no such {resource}.").WithDetail("resource", resource).WithDetail("id", id);

    public static Error Invalid(string field, FieldError error) => Invalid(new Dictionary<string, FieldError[]> { [field] = [error] });

    public static Error Invalid(IReadOnlyDictionary<string, FieldError[]> fields)
    {
        var (field, errors) = fields.First();
        return new Error("validation_failed", ErrorKind.Validation, $"{field}: {errors[0].Message}") { Fields = fields }
            .WithDetail("field", field)
            .WithDetail("reason", errors[0].Message);
    }
}
