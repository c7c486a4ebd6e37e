using Microsoft.AspNetCore.Mvc.Filters;
using Roundtable.Api.Common;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;

namespace Roundtable.Api.Authentication;

/// <summary>Returns the refusal of the request's last transaction, whatever the use case made of it.</summary>
internal sealed class RefusedRequests(IRequestRights rights) : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (rights.Refusal is { } refusal)
        {
            context.Result = ApiProblems.Result(refusal, context.HttpContext);
            if (refusal == ApiKeyErrors.Invalid)
            {
                ApiKeyRequests.Challenge(context.HttpContext);
            }
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
        // The response is already being sent.
    }
}
