using AutoMapper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Api.Sessions;

/// <summary>The session of the current browser.</summary>
[Route("api/v1/auth")]
[Tags("Auth")]
public sealed class AuthSessionController(SessionService sessions, UserQueryService users, IMapper mapper) : ApiController
{
    /// <summary>Retrieve the current session.</summary>
    /// <response code="200">The user, session and permissions; null if not signed in.</response>
    [HttpGet("session")]
    [Operation("getSession", LogType = "auth")]
    [AllowAnonymous]
    [MayReturnNull]
    [ProducesResponseType<ApiResponse<SignedInSession>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(CancellationToken ct)
    {
        if (User.CurrentSession() is not { } caller || await users.GetAsync(caller.UserId, ct) is not { Failed: false } user)
        {
            return Ok(Envelope<SignedInSession?>(null));
        }

        return Ok(
            Envelope(
                new SignedInSession
                {
                    User = user.Value,
                    Session = mapper.Map<SessionDto>(caller),
                    Permissions = [.. caller.Permissions.Order(StringComparer.Ordinal)],
                }
            )
        );
    }

    /// <summary>Sign out: end the session on the server and remove the cookie.</summary>
    /// <response code="204">The browser is signed out.</response>
    [HttpPost("sign-out")]
    [Operation("signOut", LogType = "auth")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> EndSession(CancellationToken ct)
    {
        var result = await sessions.SignOutAsync(ct);
        await SessionCookie.RemoveAsync(HttpContext);
        return Reply(result);
    }
}
