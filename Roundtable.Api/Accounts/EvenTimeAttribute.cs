using System.Diagnostics;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Roundtable.Api.Accounts;

/// <summary>
/// Holds an answer back until some time after the request, whatever was found: equal work still leaves a tenth of a few
/// milliseconds between an address that has an account and one that has none.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EvenTimeAttribute : Attribute, IAsyncActionFilter
{
    private static readonly TimeSpan AtLeast = TimeSpan.FromMilliseconds(50);

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var start = Stopwatch.GetTimestamp();
        await next();
        var left = AtLeast - Stopwatch.GetElapsedTime(start);
        if (left > TimeSpan.Zero)
        {
            // Real time, as whoever measures it has.
            await Task.Delay(left, TimeProvider.System, context.HttpContext.RequestAborted);
        }
    }
}
