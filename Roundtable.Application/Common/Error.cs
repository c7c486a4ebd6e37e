namespace Roundtable.Application.Common;

/// <summary>What a correct client can cause, as a value.</summary>
/// <param name="Code">Stable, snake_case; what clients branch on.</param>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Message">One sentence for people, without secrets.</param>
/// <param name="Context">What it is about, such as <c>resource</c> and <c>id</c>, or <c>field</c> and <c>reason</c>.</param>
public sealed record Error(string Code, ErrorKind Kind, string Message, IReadOnlyDictionary<string, object?>? Context = null)
{
    /// <summary>Messages by field, for <see cref="ErrorKind.Validation"/>.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    public Error About(string key, object? value) =>
        this with
        {
            Context = new Dictionary<string, object?>(Context ?? new Dictionary<string, object?>()) { [key] = value },
        };
}

/// <summary>The families of errors; each has one HTTP status.</summary>
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
