using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>Maps binding and validation errors to the API's error format.</summary>
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
        var body = failures.SelectMany(f => f.Value!.Errors).Select(e => e.Exception).OfType<JsonBodyException>().FirstOrDefault()?.Reading;
        if (body?.Malformed is { } malformed)
        {
            return ApiProblems.Create(context.HttpContext, "malformed_json", malformed);
        }

        var fields = failures
            .SelectMany(f =>
                f.Value!.Errors.Where(e => e.Exception is not JsonBodyException).Select(e => (Name: FieldName(f.Key), Error: ErrorOf(e)))
            )
            .Concat(body?.Errors.SelectMany(e => e.Value.Select(m => (Name: e.Key, Error: m))) ?? [])
            .GroupBy(f => f.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(f => f.Error).DistinctBy(e => e.Message).ToArray());
        return ApiProblems.From(
            fields.Count == 0 ? Errors.Invalid("body", new FieldError("required", "A body is required.")) : Errors.Invalid(fields),
            context.HttpContext
        );
    }

    private static string FieldName(string key) => key.Length == 0 ? "body" : JsonNamingPolicy.CamelCase.ConvertName(key);

    // An exception's message may quote .NET types, so binding failures get an error of our own.
    private static FieldError ErrorOf(ModelError error) =>
        error switch
        {
            { Exception: FieldErrorException field } => field.Error,
            { Exception: null, ErrorMessage: { Length: > 0 } message } => FieldErrors.Invalid with { Message = message },
            _ => FieldErrors.Invalid,
        };
}
