using Microsoft.AspNetCore.Mvc.Filters;
using Roundtable.Application.Profiles;

namespace Roundtable.Api.Common;

/// <summary>
/// Rejects control characters and other invalid text in path parameters, as <see cref="KnownQueryParameters"/> does for queries.
/// </summary>
internal sealed class PathParameters : IActionFilter, IOrderedFilter
{
    // Before the filter that reports binding errors, so that one response lists all of them.
    public int Order => -3000;

    public void OnActionExecuting(ActionExecutingContext context)
    {
        foreach (var (name, value) in context.RouteData.Values)
        {
            if (ProfileRules.Text(value as string ?? "") is { } problem)
            {
                context.ModelState.AddFieldError(name, problem);
            }
        }
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
        // Nothing to do.
    }
}
