using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;

namespace Roundtable.Api.Logging;

/// <summary>
/// Names an endpoint: its operation id in the API document, and the line that each call of it logs, with who called, on what,
/// and how it ended.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OperationAttribute(string name) : Attribute, IAsyncResultFilter
{
    public string Name { get; } = name;

    /// <summary>What kind of event it is: <c>operation</c>, <c>auth</c> or <c>security</c>.</summary>
    public string LogType { get; set; } = "operation";

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        await next();
        var http = context.HttpContext;
        ApiLog.Operation(
            http.RequestServices.GetRequiredService<ILogger<OperationAttribute>>(),
            LogType,
            Name,
            (context.Result as ObjectResult)?.Value is ApiProblem problem ? problem.Code : "succeeded",
            http.User.CurrentSession()?.UserId,
            context.RouteData.Values["id"] as string,
            http.TraceIdentifier);
    }
}
