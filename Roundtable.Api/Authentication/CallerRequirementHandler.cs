using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;
using Roundtable.Api.Common;
using Roundtable.Application.Common;

namespace Roundtable.Api.Authentication;

/// <summary>Checks the requirements of endpoints on their caller.</summary>
internal sealed class CallerRequirementHandler(IOptions<AuthOptions> options, TimeProvider clock) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.Caller() is { } caller)
        {
            var facts = new CallerRequirementContext(clock.GetUtcNow().UtcDateTime, options.Value.Session.FreshFor);
            foreach (var requirement in context.PendingRequirements.OfType<ICallerRequirement>().ToList())
            {
                if (requirement.Check(caller, facts) is { } error)
                {
                    context.Fail(new CallerFailure(this, error));
                }
                else
                {
                    context.Succeed(requirement);
                }
            }
        }

        return Task.CompletedTask;
    }
}

internal sealed class CallerFailure(IAuthorizationHandler handler, Error error) : AuthorizationFailureReason(handler, error.Code)
{
    public Error Error => error;
}

/// <summary>Responds to refused requests with the error of the failed requirement.</summary>
internal sealed class AuthorizationAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        var errors = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<CallerFailure>().Select(f => f.Error) ?? [];
        var error = authorizeResult.Challenged ? Errors.Unauthenticated : CallerRefusals.MostSpecific(errors) ?? Errors.Forbidden;
        return ApiProblems.WriteAsync(context, ApiProblems.From(error, context));
    }
}

internal static class CallerRefusals
{
    /// <summary>Selects the error to return: a caller without the permission gets that error before being asked to sign in again.</summary>
    public static Error? MostSpecific(IEnumerable<Error> errors) =>
        errors.MinBy(e =>
            e == SessionErrors.NotWhileImpersonating ? 0
            : e.Code == SessionErrors.NotFresh.Code ? 2
            : 1
        );
}
