using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>Turns what binding and validation found into the contract's errors.</summary>
internal static class Validation
{
    public static IActionResult Respond(ActionContext context)
    {
        var problem = ToProblem(context);
        return new ObjectResult(problem) { StatusCode = problem.Status, ContentTypes = { ApiProblems.ContentType } };
    }

    private static ApiProblem ToProblem(ActionContext context)
    {
        var failures = context.ModelState.Where(e => e.Value is { Errors.Count: > 0 }).ToList();
        var json = failures.SelectMany(f => f.Value!.Errors).Select(e => JsonFailure(e.Exception)).FirstOrDefault(e => e is not null);
        if (json is not null)
        {
            return IsSyntax(json)
                ? ApiProblems.Create(context.HttpContext, "malformed_json", "The body is not valid JSON.")
                : ApiProblems.From(Errors.Invalid(FieldOf(json), ReasonOf(json)), context.HttpContext);
        }

        var fields = failures
            .GroupBy(f => FieldName(f.Key), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.SelectMany(f => f.Value!.Errors).Select(Message).Distinct().ToArray());
        return ApiProblems.From(fields.Count == 0 ? Errors.Invalid("body", "A body is required.") : Errors.Invalid(fields), context.HttpContext);
    }

    private static JsonException? JsonFailure(Exception? exception) => exception as JsonException ?? exception?.InnerException as JsonException;

    // The reader's own exceptions (syntax, depth) have a subtype that is not public; converters throw the base type.
    private static bool IsSyntax(JsonException exception) =>
        exception.GetType() != typeof(JsonException) || exception.InnerException is JsonException { } inner && inner.GetType() != typeof(JsonException);

    private static string FieldOf(JsonException exception)
    {
        var path = exception.Path?.TrimStart('$').TrimStart('.');
        return string.IsNullOrEmpty(path) ? "body" : path;
    }

    private static string ReasonOf(JsonException exception) => exception switch
    {
        _ when exception.Message.Contains("could not be mapped", StringComparison.Ordinal) => "There is no such member.",
        _ when exception.Message.Contains("missing required", StringComparison.Ordinal) => "A required member is missing.",
        _ when exception.Message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase) => "The member occurs twice.",
        _ => "The value has the wrong type.",
    };

    private static string FieldName(string key) => key.Length == 0 ? "body" : JsonNamingPolicy.CamelCase.ConvertName(key);

    // An exception's own text may quote .NET types; what failed to bind is said in our words.
    private static string Message(ModelError error) =>
        error.Exception is null && error.ErrorMessage.Length > 0 ? error.ErrorMessage : "The value is not valid.";
}
