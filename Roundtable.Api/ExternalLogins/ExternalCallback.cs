using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Common;
using Roundtable.Application.ExternalLogins;
using Roundtable.Application.Operations;

namespace Roundtable.Api.ExternalLogins;

/// <summary>
/// Answers a provider's redirect: signs in or connects the login, and redirects. No text of the provider's is shown; its error becomes a
/// code in the address.
/// </summary>
internal sealed class ExternalCallback(
    ExternalSignInService signIn,
    LoginService logins,
    ExternalStates states,
    RoundtableSignInManager signInManager,
    RoundtableMetrics metrics,
    ILogger<ExternalCallback> logger
)
{
    private const string Denied = "external_denied";
    private const string SignInPage = "/sign-in";
    private const string AccountPage = "/account/security";

    private string? location;

    /// <summary>Lets the provider's handler check the response; its events call the methods below.</summary>
    /// <returns>Where the browser continues; null if the handler does not know the request.</returns>
    public static async Task<string?> HandleAsync(HttpContext http, string provider)
    {
        var handlers = http.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        var handler = (IAuthenticationRequestHandler)(await handlers.GetHandlerAsync(http, ExternalSchemes.SchemeOf(provider)))!;
        using var limit = new ProviderTimeLimit(http);
        await handler.HandleRequestAsync();
        return http.RequestServices.GetRequiredService<ExternalCallback>().location;
    }

    /// <summary>Handles a valid response of the provider.</summary>
    public async Task ReceiveAsync(TicketReceivedContext context, string name, ExternalProviderSettings provider)
    {
        context.HandleResponse();
        var (http, properties) = (context.HttpContext, context.Properties!);
        ProviderTimeLimit.End(http);
        if (
            ExternalIdentities.Of(context.Principal, name, provider) is not { } identity
            || !await states.TryUseAsync(ExternalFlow.Secret(properties), http.RequestAborted)
        )
        {
            Refuse(http, properties, LoginErrors.Failed.Code);
        }
        else if (ExternalFlow.SessionId(properties) is { } sessionId)
        {
            await ConnectAsync(http, properties, identity, sessionId);
        }
        else
        {
            await SignInAsync(http, properties, identity);
        }
    }

    /// <summary>Handles a user who did not agree at the provider.</summary>
    public Task DenyAsync(AccessDeniedContext context)
    {
        context.HandleResponse();
        Refuse(context.HttpContext, context.Properties, Denied);
        return Task.CompletedTask;
    }

    /// <summary>Handles an invalid response: a foreign or expired state, a rejected token, a provider that cannot be reached.</summary>
    /// <param name="stateFormat">Reads the state, where the handler has not kept it.</param>
    public Task FailAsync(RemoteFailureContext context, string name, ISecureDataFormat<AuthenticationProperties> stateFormat)
    {
        context.HandleResponse();
        ApiLog.ExternalSignInFailed(logger, name, ProblemOf(context.Failure));
        var properties = context.Properties ?? stateFormat.Unprotect(context.Request.Query["state"]);
        Refuse(context.HttpContext, properties, LoginErrors.Failed.Code);
        return Task.CompletedTask;
    }

    private async Task SignInAsync(HttpContext http, AuthenticationProperties properties, ExternalIdentity identity)
    {
        var callback = ExternalFlow.CallbackUrl(properties);
        var request = new ExternalSignInRequest(callback, properties.IsPersistent, SecretCookie.TrustedBrowser.Read(http));
        var outcome = await signIn.SignInAsync(identity, request, http.RequestAborted);
        if (outcome.PendingSecret is { } pending)
        {
            SecretCookie.PendingLogin.Write(http, pending);
        }

        if (outcome.SignIn.Failed)
        {
            ExternalRefusals.Keep(http, outcome.SignIn.Error!);
            Refuse(http, properties, CodeOf(outcome.SignIn.Error!));
            return;
        }

        await signInManager.WriteCookiesAsync(outcome.SignIn.Value);
        var isChallenged = outcome.SignIn.Value.Challenge is not null;
        Count(isChallenged ? "two_factor_required" : "succeeded");
        location = isChallenged
            ? callback is null
                ? "/two-factor"
                : $"/two-factor?next={Uri.EscapeDataString(callback)}"
            : callback ?? "/";
    }

    private async Task ConnectAsync(HttpContext http, AuthenticationProperties properties, ExternalIdentity identity, string sessionId)
    {
        if (http.User.CurrentSession() is not { } caller || caller.Id != sessionId)
        {
            Refuse(http, properties, LoginErrors.Failed.Code);
            return;
        }

        RequireFreshSession(http);
        var connected = await logins.AddAsync(caller, identity, http.RequestAborted);
        if (connected.Failed)
        {
            Refuse(http, properties, CodeOf(connected.Error!));
        }
        else
        {
            location = AccountPage;
        }
    }

    // Of a callback that connects: the transaction checks the session again, by what the endpoint requires.
    private static void RequireFreshSession(HttpContext http)
    {
        var callback = (RouteEndpoint)http.GetEndpoint()!;
        IEnumerable<object> requirements = [new RequireFreshSessionAttribute(), new NotWhileImpersonatingAttribute()];
        http.SetEndpoint(
            new RouteEndpoint(
                callback.RequestDelegate!,
                callback.RoutePattern,
                callback.Order,
                new EndpointMetadataCollection(callback.Metadata.Where(m => m is not IAllowAnonymous).Concat(requirements)),
                callback.DisplayName
            )
        );
    }

    // The provider's error code, such as invalid_client, tells an operator what to correct; its texts are not logged.
    private static string ProblemOf(Exception? failure) =>
        failure?.Data["error"] is string { Length: <= 64 } code && code.All(c => char.IsAsciiLetterLower(c) || c == '_')
            ? $"{failure.GetType().Name} ({code})"
            : failure?.GetType().Name ?? "Unknown";

    private static string CodeOf(Error error) =>
        error.Code is "link_required" or "sign_up_closed" or "user_banned" or "conflict" ? error.Code : LoginErrors.Failed.Code;

    private void Refuse(HttpContext http, AuthenticationProperties? properties, string code)
    {
        var isSignIn = ExternalFlow.SessionId(properties) is null;
        if (isSignIn)
        {
            Count(code);
        }

        ApiProblems.Note(http, code);
        location = $"{(isSignIn ? SignInPage : AccountPage)}?error={code}";
    }

    private void Count(string outcome) => metrics.SignIn("external", outcome);
}
