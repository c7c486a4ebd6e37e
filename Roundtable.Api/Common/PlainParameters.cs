using Microsoft.AspNetCore.Mvc.Filters;
using Roundtable.Application.Users;

namespace Roundtable.Api.Common;

/// <summary>
/// Refuses control characters and other text that is none in the parameters of a path or a query, before any other parser sees them: the full-text
/// search, for one, reads a NUL as the end of what it is asked.
/// </summary>
internal sealed class PlainParameters : IActionFilter, IOrderedFilter
{
    // Before the filter that answers what binding found, so that one answer names all of it.
    public int Order => -3000;

    public void OnActionExecuting(ActionExecutingContext context)
    {
        var query = context.HttpContext.Request.Query.SelectMany(p => p.Value.Select(v => (Name: p.Key, Value: v)));
        var path = context.RouteData.Values.Select(v => (Name: v.Key, Value: v.Value as string));
        foreach (var (name, value) in query.Concat(path))
        {
            if (ProfileRules.Text(value ?? "") is { } problem)
            {
                context.ModelState.AddModelError(name, problem);
            }
        }
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
        // Nothing to do afterwards.
    }
}
