using System.Diagnostics;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Roundtable.Api.SignIn;

/// <summary>
/// Delays the response until a minimum time after the request. Equal work alone still leaves a difference of a tenth of a few
/// milliseconds between addresses with and without an account.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConstantTimeAttribute : Attribute, IAsyncActionFilter
{
    private static readonly TimeSpan AtLeast = TimeSpan.FromMilliseconds(50);

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var start = Stopwatch.GetTimestamp();
        await next();
        var left = AtLeast - Stopwatch.GetElapsedTime(start);
        if (left > TimeSpan.Zero)
        {
            // The system clock, which is what an attacker measures.
            await Task.Delay(left, TimeProvider.System, context.HttpContext.RequestAborted);
        }
    }
}
