using Microsoft.AspNetCore.Mvc.Filters;
using Roundtable.Application.Users;

namespace Roundtable.Api.Common;

/// <summary>
/// Refuses control characters and other text that is none in the parameters of a path, as <see cref="KnownQueryParameters"/> does in those
/// of a query.
/// </summary>
internal sealed class PathParameters : IActionFilter, IOrderedFilter
{
    // Before the filter that answers what binding found, so that one answer names all of it.
    public int Order => -3000;

    public void OnActionExecuting(ActionExecutingContext context)
    {
        foreach (var (name, value) in context.RouteData.Values)
        {
            if (ProfileRules.Text(value as string ?? "") is { } problem)
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
