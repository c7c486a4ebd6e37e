using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.Operations;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.MagicLinks;

namespace Roundtable.Api.MagicLinks;

/// <summary>Disown a sign-in.</summary>
[Route("api/v1/auth/not-me")]
[Tags("Auth")]
public sealed class NotMeController(NotMeService notMe) : ApiController
{
    /// <summary>Disown a sign-in.</summary>
    /// <remarks>
    /// Takes the token of a new-device notice. Ends all sessions and pending tokens, removes credentials set since that sign-in, and mails
    /// a new sign-in link or, if the address was changed, the link that undoes the change.
    /// </remarks>
    /// <response code="204">The account is secured.</response>
    [HttpPost]
    [Operation("disownSignIn", LogType = "security")]
    [CountsRedemption("not_me")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_token", "rate_limited")]
    public async Task<ActionResult> Disown(TokenRequest request, CancellationToken ct) => Reply(await notMe.DisownAsync(request.Token, ct));
}
