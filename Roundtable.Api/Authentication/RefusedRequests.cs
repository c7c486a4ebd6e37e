using Microsoft.AspNetCore.Mvc.Filters;
using Roundtable.Api.Common;
using Roundtable.Application.Sessions;

namespace Roundtable.Api.Authentication;

/// <summary>A request whose last transaction was refused is answered so, whatever its use case made of that.</summary>
internal sealed class RefusedRequests(IRequestRights rights) : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (rights.Refusal is { } refusal)
        {
            context.Result = ApiProblems.Result(refusal, context.HttpContext);
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
        // It is on its way.
    }
}
