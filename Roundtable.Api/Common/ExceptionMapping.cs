using Microsoft.AspNetCore.Diagnostics;
using Roundtable.Api.Http;
using Roundtable.Api.Logging;
using Roundtable.Infrastructure.Common;

namespace Roundtable.Api.Common;

/// <summary>Maps exceptions to responses, in this one place. Their messages stay in the log.</summary>
internal sealed class ExceptionMapping(IDatabaseErrors database, IHostApplicationLifetime lifetime, ILogger<ExceptionMapping> logger)
    : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        RequestIds.Apply(context);
        SecurityHeaders.Apply(context);
        var status = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }
            or OperationCanceledException when lifetime.ApplicationStopping.IsCancellationRequested =>
                StatusCodes.Status503ServiceUnavailable,
            BadHttpRequestException bad => bad.StatusCode,
            _ when database.IsUnavailable(exception) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            ApiLog.Unavailable(logger, exception.GetBaseException().Message);
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }
        else if (status >= StatusCodes.Status500InternalServerError)
        {
            ApiLog.Unhandled(logger, exception);
        }

        await ApiProblems.WriteAsync(context, ApiProblems.FromStatus(context, status));
        return true;
    }
}
