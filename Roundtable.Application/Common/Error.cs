namespace Roundtable.Application.Common;

/// <summary>An error that a correct client can cause, as a value.</summary>
/// <param name="Code">A stable snake_case code that clients branch on.</param>
/// <param name="Kind">Determines the HTTP status.</param>
/// <param name="Message">One readable sentence without secrets.</param>
/// <param name="Context">Details, such as <c>resource</c> and <c>id</c>, or <c>field</c> and <c>reason</c>.</param>
public sealed record Error(string Code, ErrorKind Kind, string Message, IReadOnlyDictionary<string, object?>? Context = null)
{
    /// <summary>Errors by field, for <see cref="ErrorKind.Validation"/>.</summary>
    public IReadOnlyDictionary<string, FieldError[]>? Fields { get; init; }

    public Error WithDetail(string key, object? value) =>
        this with
        {
            Context = new Dictionary<string, object?>(Context ?? new Dictionary<string, object?>()) { [key] = value },
        };
}

/// <summary>The kinds of errors; each maps to one HTTP status.</summary>
public enum ErrorKind
{
    Validation,
    BadRequest,
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    StaleVersion,
    Unavailable,
}
