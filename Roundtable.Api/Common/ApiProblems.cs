using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Roundtable.Api.Http;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>Creates problem documents and maps error kinds to status codes.</summary>
internal static class ApiProblems
{
    public const string ContentType = "application/problem+json";

    private static readonly Dictionary<string, object?> NoContext = [];
    private static readonly object CodeItem = new();

    public static int Status(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.Validation or ErrorKind.BadRequest => StatusCodes.Status400BadRequest,
            ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            ErrorKind.Conflict => StatusCodes.Status409Conflict,
            ErrorKind.StaleVersion => StatusCodes.Status412PreconditionFailed,
            ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    public static ApiProblem From(Error error, HttpContext context) =>
        Create(context, Status(error.Kind), error.Code, error.Message) with
        {
            Context = error.Context ?? NoContext,
            Errors = error.Fields?.ToDictionary(f => f.Key, f => f.Value.Select(e => e.Message).ToArray()),
            Reasons = error.Fields?.ToDictionary(f => f.Key, f => f.Value.Select(e => e.Reason).ToArray()),
        };

    public static ObjectResult Result(Error error, HttpContext context)
    {
        var problem = From(error, context);
        return new ObjectResult(problem) { StatusCode = problem.Status, ContentTypes = { ContentType } };
    }

    /// <summary>Creates the problem for a bare status code, such as routing's 404 and 405.</summary>
    public static ApiProblem FromStatus(HttpContext context, int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => From(Errors.Unauthenticated, context),
            StatusCodes.Status403Forbidden => From(Errors.Forbidden, context),
            StatusCodes.Status404NotFound => Create(context, status, "not_found", "This path does not exist."),
            StatusCodes.Status405MethodNotAllowed => Create(
                context,
                status,
                "method_not_allowed",
                "This endpoint does not support this HTTP method."
            ),
            StatusCodes.Status408RequestTimeout => Create(context, status, "request_timeout", "The body did not arrive in time."),
            StatusCodes.Status413PayloadTooLarge => Create(
                context,
                status,
                "payload_too_large",
                "The body is too large for this endpoint."
            ),
            StatusCodes.Status415UnsupportedMediaType => Create(
                context,
                status,
                "unsupported_media_type",
                $"The body must be {string.Join(" or ", MediaTypeGuard.Accepted(context))}, in UTF-8."
            ),
            StatusCodes.Status503ServiceUnavailable => Create(
                context,
                status,
                "unavailable",
                "The service cannot answer now. Try again in a moment."
            ),
            >= 500 => Create(context, status, "internal_error", "Something went wrong on our side."),
            _ => Create(context, status, "bad_request", "The request cannot be understood."),
        };

    /// <summary>Creates a problem with the status that <see cref="ErrorCatalog"/> assigns to its code.</summary>
    public static ApiProblem Create(HttpContext context, string code, string detail) =>
        Create(context, ErrorCatalog.Find(code).Status, code, detail);

    public static ApiProblem Create(HttpContext context, int status, string code, string detail)
    {
        context.Items[CodeItem] = code;
        return new ApiProblem
        {
            Type = $"urn:roundtable:problem:{code}",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
            Instance = context.Request.Path.ToUriComponent(),
            Code = code,
            Context = NoContext,
            RequestId = context.TraceIdentifier,
        };
    }

    /// <summary>Records the problem code of a response that is not a problem, such as a redirect.</summary>
    public static void Note(HttpContext context, string code) => context.Items[CodeItem] = code;

    /// <summary>The problem code of the response, for the log; null if there is none.</summary>
    public static string? CodeOf(HttpContext context) => context.Items[CodeItem] as string;

    public static Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        var json = context
            .RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>()
            .Value.SerializerOptions;
        return context.Response.WriteAsJsonAsync(problem, json, ContentType, context.RequestAborted);
    }
}
