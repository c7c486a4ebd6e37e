using AutoMapper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Api.Sessions;

/// <summary>The session of the current browser, or the API key of the request.</summary>
[Route("api/v1/auth")]
[Tags("Auth")]
public sealed class AuthSessionController(SessionService sessions, UserQueryService users, IMapper mapper) : ApiController
{
    /// <summary>Retrieve the current session.</summary>
    /// <response code="200">The user, session and permissions; null if not signed in.</response>
    [HttpGet("session")]
    [Operation("getSession", LogType = "auth")]
    [AllowApiKey]
    [AllowAnonymous]
    [MayReturnNull]
    [ProducesResponseType<ApiResponse<SignedInSession>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get([FromServices] ApiKeyService keys, CancellationToken ct)
    {
        var answer = User.Caller() switch
        {
            CurrentSession session when await users.GetAsync(session.UserId, ct) is { Failed: false } user => new SignedInSession
            {
                User = user.Value,
                Session = mapper.Map<SessionDto>(session),
                Permissions = Sorted(session),
            },
            ApiKeyCaller key => await DescribeAsync(key, keys, ct),
            _ => null,
        };
        return Ok(Envelope(answer));
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

    private async Task<SignedInSession?> DescribeAsync(ApiKeyCaller caller, ApiKeyService keys, CancellationToken ct)
    {
        var user = caller.IsServiceAccount ? null : await users.GetAsync(caller.PrincipalId, ct);
        return new SignedInSession
        {
            User = user is { Failed: false } ? user.Value : null,
            ServiceAccount = caller.IsServiceAccount ? new ServiceAccountIdentity(caller.PrincipalId, caller.Name) : null,
            Session = null,
            ApiKey = await keys.DescribeAsync(caller, ct),
            Permissions = Sorted(caller),
        };
    }

    private static IReadOnlyList<string> Sorted(Caller caller) => [.. caller.Permissions.Order(StringComparer.Ordinal)];
}
