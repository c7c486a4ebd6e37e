using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;

namespace Roundtable.Api.ExternalLogins;

/// <summary>Explain a refused sign-in with an external provider.</summary>
[Route("api/v1/auth/external/refusal")]
[Tags("Auth")]
public sealed class ExternalRefusalController : ApiController
{
    /// <summary>Get why the last external sign-in was refused.</summary>
    /// <remarks>
    /// For the page that the callback redirected to with <c>error=user_banned</c>: the reason and the end of the ban, once, within five
    /// minutes, and in the same browser only.
    /// </remarks>
    /// <response code="200">The refusal; null if there is none.</response>
    [HttpGet]
    [Operation("getExternalRefusal", LogType = "auth")]
    [AllowAnonymous]
    [MayReturnNull]
    [ProducesResponseType<ApiResponse<ExternalRefusal>>(StatusCodes.Status200OK)]
    public ActionResult Get(CancellationToken ct) => Ok(Envelope(ExternalRefusals.Take(HttpContext)));
}
