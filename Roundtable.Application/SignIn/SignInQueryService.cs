using AutoMapper;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Application.SignIn;

/// <summary>Creates the response that describes a new session.</summary>
[ScopedService]
public sealed class SignInQueryService(ICurrentSessions sessions, IUserReader users, IMapper mapper, TimeProvider clock)
{
    /// <summary>
    /// Call this after the sign-in is committed, so that it does not prolong a transaction. Errors: <c>unauthenticated</c> if the
    /// session has ended in the meantime.
    /// </summary>
    public async Task<Result<SignInView>> GetAsync(SignedIn signedIn, CancellationToken ct) =>
        await sessions.FindAsync(SessionSecret.Hash(signedIn.Session.Secret), clock.GetUtcNow().UtcDateTime, ct) is { } session
        && await users.ReadAsync(signedIn.UserId, ct) is { } user
            ? new SignInView(user, mapper.Map<SessionDto>(session))
            : Errors.Unauthenticated;
}

/// <summary>The signed-in user and the new session.</summary>
public sealed record SignInView(UserDto User, SessionDto Session);
