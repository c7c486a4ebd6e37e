using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Roundtable.Api.Authentication;
using Roundtable.Api.Logging;
using Roundtable.Application.Common;
using Roundtable.Application.ExternalLogins;

namespace Roundtable.Api.ExternalLogins;

/// <summary>
/// Answers a provider's redirect: signs in or connects the login, and redirects. No text of the provider's is shown; its error becomes a
/// code in the address.
/// </summary>
internal sealed class ExternalCallback(
    ExternalSignInService signIn,
    LoginService logins,
    RoundtableSignInManager signInManager,
    ILogger<ExternalCallback> logger
)
{
    private const string SignInPage = "/sign-in";
    private const string AccountPage = "/account/security";

    /// <summary>Handles a valid response of the provider.</summary>
    public async Task ReceiveAsync(TicketReceivedContext context, string name, ExternalProviderSettings provider)
    {
        var http = context.HttpContext;
        context.HandleResponse();
        await LoadSessionAsync(http);
        if (ExternalIdentities.Of(context.Principal, name, provider) is not { } identity)
        {
            Redirect(http, context.Properties, LoginErrors.Failed.Code);
        }
        else if (ExternalFlow.SessionId(context.Properties) is { } sessionId)
        {
            await ConnectAsync(http, context.Properties!, identity, sessionId);
        }
        else
        {
            await SignInAsync(http, context.Properties!, identity);
        }
    }

    /// <summary>Handles a response without a sign-in.</summary>
    public static Task RefuseAsync(
        HandleRequestContext<RemoteAuthenticationOptions> context,
        string code,
        AuthenticationProperties? properties
    )
    {
        context.HandleResponse();
        Redirect(context.HttpContext, properties, code);
        return Task.CompletedTask;
    }

    /// <summary>Handles an invalid response: a foreign or expired state, a rejected token, a provider that cannot be reached.</summary>
    public Task FailAsync(RemoteFailureContext context, string name)
    {
        ApiLog.ExternalSignInFailed(logger, name, ProblemOf(context.Failure));
        context.HandleResponse();
        Redirect(context.HttpContext, context.Properties, LoginErrors.Failed.Code);
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
            Redirect(http, properties, CodeOf(outcome.SignIn.Error!));
            return;
        }

        await signInManager.WriteCookiesAsync(outcome.SignIn.Value);
        if (outcome.SignIn.Value.Challenge is not null)
        {
            Redirect(http, callback is null ? "/two-factor" : $"/two-factor?next={Uri.EscapeDataString(callback)}");
        }
        else
        {
            Redirect(http, callback ?? "/");
        }
    }

    private async Task ConnectAsync(HttpContext http, AuthenticationProperties properties, ExternalIdentity identity, string sessionId)
    {
        if (http.User.CurrentSession() is not { } caller || caller.Id != sessionId)
        {
            Redirect(http, properties, LoginErrors.Failed.Code);
            return;
        }

        // The transaction checks the session again, by what it requires of the endpoint.
        http.SetEndpoint(
            new Endpoint(
                null,
                new EndpointMetadataCollection(new RequireFreshSessionAttribute(), new NotWhileImpersonatingAttribute()),
                null
            )
        );
        var connected = await logins.AddAsync(caller, identity, http.RequestAborted);
        if (connected.Failed)
        {
            Redirect(http, properties, CodeOf(connected.Error!));
        }
        else
        {
            Redirect(http, AccountPage);
        }
    }

    // The handlers run before the request's own authentication.
    private static async Task LoadSessionAsync(HttpContext http)
    {
        if ((await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal is { } principal)
        {
            http.User = principal;
        }
    }

    // The provider's error code, such as invalid_client, tells an operator what to correct; its texts are not logged.
    private static string ProblemOf(Exception? failure) =>
        failure?.Data["error"] is string { Length: <= 64 } code && code.All(c => char.IsAsciiLetterLower(c) || c == '_')
            ? $"{failure.GetType().Name} ({code})"
            : failure?.GetType().Name ?? "Unknown";

    private static string CodeOf(Error error) =>
        error.Code is "link_required" or "sign_up_closed" or "user_banned" or "conflict" ? error.Code : LoginErrors.Failed.Code;

    private static void Redirect(HttpContext http, AuthenticationProperties? properties, string code) =>
        Redirect(http, $"{(ExternalFlow.SessionId(properties) is null ? SignInPage : AccountPage)}?error={code}");

    // 303: the browser follows with a GET. Local paths are below the public path.
    private static void Redirect(HttpContext http, string target)
    {
        http.Response.StatusCode = (int)HttpStatusCode.SeeOther;
        http.Response.Headers.Location = target.StartsWith('/') ? http.Request.PathBase + target : target;
        http.Response.Headers.CacheControl = "no-store";
    }
}
