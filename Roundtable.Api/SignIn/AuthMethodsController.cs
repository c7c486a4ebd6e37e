using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Email;
using Roundtable.Api.Logging;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Email;

namespace Roundtable.Api.SignIn;

/// <summary>The ways to sign in.</summary>
[Route("api/v1/auth/methods")]
[Tags("Auth")]
public sealed class AuthMethodsController(IOptions<AuthOptions> auth, IOptions<EmailOptions> email, IHostEnvironment environment)
    : ApiController
{
    /// <summary>Get the ways to sign in that this server offers.</summary>
    /// <response code="200">The sign-in methods.</response>
    [HttpGet]
    [Operation("getAuthMethods")]
    [AllowApiKey]
    [AllowAnonymous]
    [ProducesResponseType<ApiResponse<AuthMethods>>(StatusCodes.Status200OK)]
    public ActionResult<ApiResponse<AuthMethods>> Get(CancellationToken ct) =>
        Ok(Envelope(AuthMethods.Of(auth.Value, DevelopmentMails.AreShown(environment, email.Value))));
}
