using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;
using Roundtable.Api.Common;
using Roundtable.Application.Common;

namespace Roundtable.Api.Authentication;

/// <summary>Checks the session requirements of endpoints.</summary>
internal sealed class SessionRequirementHandler(IOptions<AuthOptions> options, TimeProvider clock) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.CurrentSession() is { } session)
        {
            var facts = new SessionRequirementContext(clock.GetUtcNow().UtcDateTime, options.Value.Session.FreshFor);
            foreach (var requirement in context.PendingRequirements.OfType<ISessionRequirement>().ToList())
            {
                if (requirement.Check(session, facts) is { } error)
                {
                    context.Fail(new SessionFailure(this, error));
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

internal sealed class SessionFailure(IAuthorizationHandler handler, Error error) : AuthorizationFailureReason(handler, error.Code)
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

        var errors = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<SessionFailure>().Select(f => f.Error) ?? [];
        var error = authorizeResult.Challenged ? Errors.Unauthenticated : SessionRefusals.MostSpecific(errors) ?? Errors.Forbidden;
        return ApiProblems.WriteAsync(context, ApiProblems.From(error, context));
    }
}

internal static class SessionRefusals
{
    /// <summary>Selects the error to return: a caller without the permission gets that error before being asked to sign in again.</summary>
    public static Error? MostSpecific(IEnumerable<Error> errors) =>
        errors.MinBy(e =>
            e == SessionErrors.NotWhileImpersonating ? 0
            : e == SessionErrors.NotFresh ? 2
            : 1
        );
}
