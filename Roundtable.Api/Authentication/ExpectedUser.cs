using Roundtable.Api.Common;

namespace Roundtable.Api.Authentication;

/// <summary>
/// Rejects requests that are meant for another user than the session's. A cookie belongs to the browser, not to the page: another tab may
/// have signed in as another user since the page was opened.
/// </summary>
internal static class ExpectedUser
{
    /// <summary>Names the id of the user for whom the request is meant. Without it, and with API keys, nothing is compared.</summary>
    public const string Header = "X-Expected-User";

    public static void UseExpectedUser(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
                context.Request.Headers[Header] is { Count: > 0 } expected
                && context.User.CurrentSession() is { } session
                && expected != session.UserId
                    ? ApiProblems.WriteAsync(
                        context,
                        ApiProblems.Create(context, "other_user", "Another user is signed in than the one for whom this was meant.")
                    )
                    : next(context)
        );
}
