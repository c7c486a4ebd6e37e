using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;

namespace Roundtable.Api.Accounts;

/// <summary>What endpoints that sign in have in common: the cookies.</summary>
public abstract class SignInController(SignInViews views) : ApiController
{
    protected string? TrustSecret => SecretCookie.TrustedBrowser.Read(HttpContext);

    protected async Task<ActionResult> ReplySignIn(Result<SignInOutcome> result)
    {
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        if (result.Value.Challenge is { } challenge)
        {
            SecretCookie.TwoFactorChallenge.Write(HttpContext, challenge);
            return Ok(Envelope(new SignInAnswer { TwoFactorRequired = true }));
        }

        return await ReplySignedIn(result.Value.SignedIn!);
    }

    protected async Task<ActionResult> ReplySignedIn(SignedIn signedIn)
    {
        var view = await views.GetAsync(signedIn, HttpContext.RequestAborted);
        if (view.Failed)
        {
            return Problem(view.Error!);
        }

        await SessionCookie.IssueAsync(HttpContext, signedIn.Session);
        RequestLog.SignedIn(HttpContext, view.Value.User.Id);
        SecretCookie.TwoFactorChallenge.Remove(HttpContext);
        if (signedIn.BrowserSecrets is { } secrets)
        {
            // A browser that is not to remember the user does not remember this either, unless it knows other accounts.
            SecretCookie.KnownBrowsers.Write(HttpContext, secrets, signedIn.Session.RememberMe || secrets.Contains(KnownBrowsers.Separator, StringComparison.Ordinal));
        }

        return Ok(Envelope(SignInAnswer.Of(signedIn, view.Value)));
    }
}
