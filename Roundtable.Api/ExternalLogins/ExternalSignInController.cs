using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Roundtable.Api.Common;
using Roundtable.Api.Http;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.Common;
using Roundtable.Application.ExternalLogins;
using Roundtable.Application.MagicLinks;

namespace Roundtable.Api.ExternalLogins;

/// <summary>Sign in with an external provider.</summary>
[Route("api/v1/auth/external/{name}")]
[Tags("Auth")]
public sealed class ExternalSignInController(CallbackPolicy callbacks, ExternalStates states, IOptions<AuthOptions> auth) : ApiController
{
    /// <summary>Start a sign-in with an external provider.</summary>
    /// <remarks>
    /// Open the returned address in the same browser. The provider redirects to the callback, which starts the session and redirects to
    /// <c>callbackUrl</c>.
    /// </remarks>
    /// <param name="name">The provider's name.</param>
    /// <param name="request">Where to continue.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The provider's address.</response>
    [HttpPost]
    [Operation("startExternalSignIn", LogType = "auth")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<ExternalRedirect>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_callback", "not_found", "rate_limited", "unavailable")]
    public async Task<ActionResult<ApiResponse<ExternalRedirect>>> Start(
        string name,
        StartExternalSignInRequest request,
        CancellationToken ct
    )
    {
        if (!auth.Value.External.ContainsKey(name))
        {
            return Problem(LoginErrors.NoProvider(name));
        }

        if (!request.CallbackUrl.IsText || !callbacks.Allows(request.CallbackUrl.Value))
        {
            return Problem(MagicLinkErrors.InvalidCallback);
        }

        var secret = await states.IssueAsync(ct);
        if (secret.Failed)
        {
            return Problem(secret.Error!);
        }

        var flow = ExternalFlow.ForSignIn(request.CallbackUrl.Value, request.RememberMe, secret.Value);
        return await ExternalChallenge.StartAsync(HttpContext, name, flow) is { } url
            ? Ok(Envelope(new ExternalRedirect(url)))
            : Problem(LoginErrors.Unavailable);
    }

    /// <summary>Receive a provider's response.</summary>
    /// <remarks>
    /// Called by the browser on its way back from a configured provider; the answer is a redirect: to <c>callbackUrl</c>, to the second
    /// step, or to the sign-in page (the account page when connecting) with <c>error</c>: <c>external_denied</c>, <c>external_failed</c>,
    /// <c>link_required</c>, <c>sign_up_closed</c>, <c>user_banned</c> or <c>conflict</c>.
    /// </remarks>
    /// <param name="name">The provider's name.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="303">Continue at the given location.</response>
    [HttpGet("callback")]
    [ApiExplorerSettings(IgnoreApi = true)]
    [Operation("receiveExternalSignIn", LogType = "auth")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status303SeeOther)]
    [ProducesErrors("not_found", "rate_limited")]
    public async Task<ActionResult> Callback(string name, CancellationToken ct)
    {
        if (HeadRequests.IsHead(HttpContext))
        {
            // A HEAD must not use up a state.
            Response.Headers.Allow = HttpMethods.Get;
            return StatusCode(StatusCodes.Status405MethodNotAllowed);
        }

        if (!auth.Value.External.ContainsKey(name))
        {
            return Problem(LoginErrors.NoProvider(name));
        }

        return await ExternalCallback.HandleAsync(HttpContext, name) is { } location
            ? SeeOther(location)
            : Problem(LoginErrors.NoProvider(name));
    }

    // 303: the browser follows with a GET. Local paths are below the public path.
    private StatusCodeResult SeeOther(string location)
    {
        Response.Headers.Location = location.StartsWith('/') ? Request.PathBase + location : location;
        Response.Headers.CacheControl = "no-store";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
