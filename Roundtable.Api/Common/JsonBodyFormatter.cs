using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Extensions.Options;
using Roundtable.Api.Http;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;

namespace Roundtable.Api.Common;

/// <summary>Reads JSON bodies with <see cref="StrictJson"/>; <see cref="Validation"/> reports the errors.</summary>
internal sealed class JsonBodyFormatter : InputFormatter, IInputFormatterExceptionPolicy
{
    public JsonBodyFormatter() => SupportedMediaTypes.Add(MediaTypeGuard.Json);

    // A body that is too large or truncated is not a validation error.
    public InputFormatterExceptionPolicy ExceptionPolicy => InputFormatterExceptionPolicy.MalformedInputExceptions;

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        var http = context.HttpContext;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        var reading = StrictJson.Read(body.GetBuffer().AsMemory(0, (int)body.Length), context.ModelType, options);
        if (reading.Value is IProfileBody profile && profile.Check(http.RequestServices.GetRequiredService<ProfileFields>()) is { } problem)
        {
            // Report them in one response with the other errors.
            reading = reading with { Errors = reading.Errors.UnionBy(problem.Fields!, e => e.Key).ToDictionary() };
        }

        if (reading.Malformed is not null || reading.Errors.Count > 0)
        {
            context.ModelState.AddModelError(context.ModelName, new JsonBodyException(reading), context.Metadata);
        }

        return reading switch
        {
            { Malformed: not null } => await InputFormatterResult.FailureAsync(),
            { Value: null } => await InputFormatterResult.NoValueAsync(),
            _ => await InputFormatterResult.SuccessAsync(reading.Value),
        };
    }
}

/// <summary>A body whose members are validated against rules from the installation's settings.</summary>
internal interface IProfileBody
{
    /// <summary>Returns the errors by field, or null if the changes are valid.</summary>
    Error? Check(ProfileFields fields);
}

/// <summary>
/// Carries the errors of a body through the framework's model state, whose keys do not distinguish <c>Name</c> from <c>name</c>.
/// </summary>
internal sealed class JsonBodyException(JsonReading reading) : Exception
{
    public JsonReading Reading => reading;
}
