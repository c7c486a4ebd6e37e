using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Application.Common;
using Roundtable.Application.SignIn;

namespace Roundtable.Api.SignIn;

/// <summary>The base class of endpoints that sign in.</summary>
public abstract class SignInController(RoundtableSignInManager signInManager, SignInQueryService views) : ApiController
{
    protected RoundtableSignInManager SignInManager => signInManager;

    protected string? TrustSecret => SecretCookie.TrustedBrowser.Read(HttpContext);

    protected async Task<ActionResult> ReplySignIn(Result<SignInOutcome> result)
    {
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        if (result.Value.SignedIn is { } signedIn)
        {
            return await ReplySignedIn(signedIn);
        }

        await signInManager.WriteCookiesAsync(result.Value);
        return Ok(Envelope(new SignInAnswer { TwoFactorRequired = true }));
    }

    protected async Task<ActionResult> ReplySignedIn(SignedIn signedIn)
    {
        var view = await views.GetAsync(signedIn, HttpContext.RequestAborted);
        if (view.Failed)
        {
            return Problem(view.Error!);
        }

        await signInManager.WriteCookiesAsync(signedIn);
        return Ok(Envelope(SignInAnswer.Of(signedIn, view.Value)));
    }
}
