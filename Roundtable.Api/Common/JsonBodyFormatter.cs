using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Extensions.Options;
using Roundtable.Api.Http;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;

namespace Roundtable.Api.Common;

/// <summary>Reads JSON bodies with <see cref="StrictJson"/>; <see cref="Validation"/> answers what it finds.</summary>
internal sealed class JsonBodyFormatter : InputFormatter, IInputFormatterExceptionPolicy
{
    public JsonBodyFormatter() => SupportedMediaTypes.Add(MediaTypeGuard.Json);

    // A body that is too large or breaks off is no matter of validation.
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
            // In one answer with what else is wrong.
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

/// <summary>A body whose members are held against rules that the installation's settings decide on.</summary>
internal interface IProfileBody
{
    /// <summary>The reasons why these changes cannot be made, by field; null when they can.</summary>
    Error? Check(ProfileFields fields);
}

/// <summary>
/// Carries what is wrong with a body through the framework's model state, whose own keys do not tell <c>Name</c> from <c>name</c>.
/// </summary>
internal sealed class JsonBodyException(JsonReading reading) : Exception
{
    public JsonReading Reading => reading;
}
